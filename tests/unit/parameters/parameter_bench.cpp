#include "tests/unit/parameters/parameter_bench.h"

#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;

namespace {
    std::unique_ptr<Vault> opened(Database &database, const Clock &clock, Random &random)
    {
        auto vault = Vault::open(database, SecretBytes(std::string(32, 'm')), clock, random);
        if (!vault)
            qFatal("no vault: %s", vault.error().message.c_str());
        return std::move(*vault);
    }
}

ParameterRooms::ParameterRooms(Database &database, const Clock &clock, Random &random,
                               const ParameterLimits &limits)
    : vault(opened(database, clock, random)),
      audit(database, clock, SecretBytes(std::string(32, 'a'))),
      events(database, clock, random),
      tokens(SecretBytes(std::string(32, 't')), clock),
      settings({database, audit, access, clock, vault.get()}),
      keySource(*vault),
      service({database, audit, events, access, tokens, settings, keySource, clock, random}, limits)
{
    if (auto started = settings.start(); !started)
        qFatal("no settings: %s", started.error().message.c_str());
    if (auto started = service.start(); !started)
        qFatal("no parameters: %s", started.error().message.c_str());
}

ParameterBench::ParameterBench(const QString &kind, const ParameterLimits &most) : db(kind), limits(most)
{
    rooms = std::make_unique<ParameterRooms>(*db, db.clock, db.random, limits);
    static_cast<void>(db->flush()); // other engines must not wait for what is not committed
}

ParameterBench::~ParameterBench()
{
    static_cast<void>(db->flush()); // while those that hear of it are there
    db.close();
}

void ParameterBench::restart()
{
    static_cast<void>(db->flush());
    rooms.reset();
    db.reopen();
    rooms = std::make_unique<ParameterRooms>(*db, db.clock, db.random, limits);
}

Result<PutParameterResult> ParameterBench::put(const PutParameterRequest &request)
{
    auto result = service().putParameter(alice, request);
    if (auto kept = db->flush(); !kept && result)
        return kept.error();
    return result;
}

Result<PutParameterResult> ParameterBench::put(const QString &name, const QString &value, ParameterKind type)
{
    return put({.name = name, .value = value, .type = type});
}

Result<PutParameterResult> ParameterBench::overwrite(const QString &name, const QString &value)
{
    return put({.name = name, .value = value, .overwrite = true});
}

Result<Parameter> ParameterBench::get(const QString &name, bool decrypt)
{
    auto result = service().getParameter(alice, {.name = name, .withDecryption = decrypt});
    static_cast<void>(db->flush());
    return result;
}

QString ParameterBench::value(const QString &name)
{
    const auto found = get(name);
    return found ? found->value : codeOf(found.error());
}

QStringList ParameterBench::byPath(const QString &path, bool recursive)
{
    QStringList names;
    GetParametersByPathRequest request {.path = path, .recursive = recursive};
    do {
        const auto page = service().getParametersByPath(alice, request);
        if (!page)
            return {codeOf(page.error())};
        for (const Parameter &parameter : page->parameters)
            names.append(parameter.name);
        request.nextToken = page->nextToken;
    } while (!request.nextToken.isEmpty());
    return names;
}

Result<LabelParameterVersionResult> ParameterBench::label(const QString &name, qint64 version,
                                                          const QStringList &labels)
{
    auto result
        = service().labelParameterVersion(alice, {.name = name, .version = version, .labels = labels});
    static_cast<void>(db->flush());
    return result;
}

QList<ParameterHistory> ParameterBench::history(const QString &name)
{
    QList<ParameterHistory> all;
    GetParameterHistoryRequest request {.name = name};
    do {
        const auto page = service().getParameterHistory(alice, request);
        if (!page)
            return all;
        all += page->parameters;
        request.nextToken = page->nextToken;
    } while (!request.nextToken.isEmpty());
    return all;
}

QStringList ParameterBench::described(const QList<ParameterStringFilter> &filters)
{
    const auto page = service().describeParameters(alice, {.parameterFilters = filters, .maxResults = 50});
    if (!page)
        return {codeOf(page.error())};
    QStringList names;
    for (const ParameterMetadata &parameter : page->parameters)
        names.append(parameter.name);
    return names;
}

QList<Event> ParameterBench::eventsOf(const QString &detailType)
{
    static_cast<void>(db->flush());
    const auto all = rooms->events.eventsSince(db->reader(), 0, 10'000);
    QList<Event> events;
    for (const Event &event : all.value_or(QList<Event>())) {
        if (event.detailType == detailType)
            events.append(event);
    }
    return events;
}

qint64 ParameterBench::count(const QString &sql, const QVariantList &binds)
{
    return db->reader().number(sql, binds).value_or(-1);
}

QString codeOf(const Error &error) { return toQString(error.code.name()); }

}

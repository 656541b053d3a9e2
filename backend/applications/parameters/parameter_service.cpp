#include "backend/applications/parameters/parameter_service.h"

#include "backend/base/fail.h"
#include "backend/security/audit_entry.h"

#include <QLoggingCategory>

namespace fb {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(parametersLog, "fb.parameters")

namespace {
    constexpr auto kMostBetweenSweeps = 60s;
    constexpr auto kLeastBetweenSweeps = 1s;
    constexpr int kSweptAtOnce = 100;

    struct TagList { // as the audit log shows it
        QList<ParameterTag> tags;
    };
    constexpr auto fieldsOf(const TagList *) { return fieldTable(field("Tags", &TagList::tags)); }

    struct LabelList {
        QMap<QString, qint64> labels;
    };
    constexpr auto fieldsOf(const LabelList *) { return fieldTable(field("Labels", &LabelList::labels)); }
}

ParameterService::ParameterService(Parts parts, const ParameterLimits &limits, QObject *parent)
    : QObject(parent),
      m_parts(parts),
      m_limits(limits),
      m_keys({parts.database, parts.audit, parts.access, parts.keySource, parts.clock, parts.random}),
      m_journal(parts.audit, parts.events, parts.database.fleet()),
      m_public(parts.database.fleet()),
      m_decrypted(parts.clock),
      m_pathFinisher(
          parts.database.addBatchFinisher([this](Transaction &tx, const std::vector<std::any> &staged) {
              ParameterListRepository::Changes changes;
              for (const std::any &item : staged) {
                  const auto &[name, by] = std::any_cast<const std::pair<QString, int> &>(item);
                  ParameterListRepository::addTo(changes, name, by);
              }
              return m_lists.addToPaths(tx, changes);
          }))
{
    m_sweepTimer.setSingleShot(true);
    connect(&m_sweepTimer, &QTimer::timeout, this, [this] {
        if (const auto swept = sweep(); !swept)
            qCWarning(parametersLog) << "policies wait:" << swept.error().message.c_str();
    });
}

ParameterService::~ParameterService() = default;

Result<void> ParameterService::start()
{
    if (auto started = m_keys.start(); !started)
        return started;
    m_sweepTimer.start(0ms); // what fell due while no engine ran
    return {};
}

// ---- Shared --------------------------------------------------------------------------------------------------------

Result<void> ParameterService::allow(const Principal &who, Action action, const QString &canonicalName,
                                     const QString &resource)
{
    AccessTarget target {.resource = resource};
    if (!canonicalName.isEmpty())
        target.parameters.append(canonicalName);
    auto allowed = m_parts.access.check(who, action, target);
    if (allowed)
        return allowed;
    if (auto recorded = m_journal.recordRefusal(who, action, canonicalName, allowed.error()); !recorded)
        qCWarning(parametersLog) << "a refusal was not recorded:" << recorded.error().message.c_str();
    return allowed;
}

Error ParameterService::notFound(const QString &asGiven)
{
    return qtError(errors::kParameterNotFound, u"Parameter %1 not found."_s.arg(asGiven.left(200)),
                   u"Name"_s);
}

Error ParameterService::versionNotFound(const QString &name, qint64 version)
{
    return qtError(
        errors::kParameterVersionNotFound,
        u"Systems Manager could not find version %1 of %2. Verify the version and try again."_s.arg(version)
            .arg(name),
        u"Name"_s);
}

QString ParameterService::userArn(const Principal &who) const
{
    return u"arn:aws:iam::%1:user/%2"_s.arg(m_parts.database.fleet().accountId, who.name);
}

// The row held, or TooManyUpdates while another engine holds it.
Result<std::optional<ParameterHead>> ParameterService::headToChange(Transaction &tx,
                                                                    const QString &canonicalName) const
{
    auto head = m_rows.lockedHead(tx, canonicalName);
    if (!head || *head)
        return head;
    const auto held = m_rows.head(tx, canonicalName);
    if (held && *held)
        return fail(errors::kTooManyUpdates,
                    u"The parameter %1 is being changed by another engine. Try again."_s.arg(canonicalName),
                    u"Name"_s);
    return held;
}

Result<ParameterVersion> ParameterService::versionOf(Reader &reader, const ParameterHead &head,
                                                     qint64 version) const
{
    const auto found = m_rows.version(reader, head.id, version);
    if (!found)
        return found.error();
    if (*found)
        return **found;
    return versionNotFound(head.name, version);
}

void ParameterService::changed(Transaction &tx, const ParameterHead &head)
{
    tx.onCommitted([this, id = head.id, name = head.canonicalName] {
        m_decrypted.drop(id);
        emit parametersChanged({name});
    });
}

void ParameterService::countPath(Transaction &tx, const QString &canonicalName, int by)
{
    tx.stage(m_pathFinisher, std::pair(canonicalName, by));
}

// ---- Deleting ------------------------------------------------------------------------------------------------------

Result<void> ParameterService::remove(Transaction &tx, const Principal &who, Action action,
                                      const ParameterHead &head)
{
    const auto version = m_rows.version(tx, head.id, head.version);
    if (!version)
        return version.error();
    const auto before = metadataOf(tx, head, version->value_or(ParameterVersion {}));
    if (!before)
        return before.error();
    const auto removed = m_rows.remove(tx, head.id);
    if (!removed)
        return removed.error();
    if (!*removed) // another engine did
        return {};
    countPath(tx, head.canonicalName, -1);
    changed(tx, head);
    return m_journal.record(tx, who, action, ParameterChange::Delete, head, before->description,
                            auditDiff(*before, ParameterMetadata {}));
}

Result<void> ParameterService::deleteParameter(const Principal &who, const QString &name)
{
    const auto parsed = parameterName(m_parts.database.fleet(), name);
    if (!parsed)
        return parsed.error();
    if (auto allowed = allow(who, actions::kDeleteParameter, parsed->canonical); !allowed)
        return allowed;
    return m_parts.database.write([&](Transaction &tx) -> Result<void> {
        const auto head = headToChange(tx, parsed->canonical);
        if (!head)
            return head.error();
        if (!*head)
            return notFound(name);
        return remove(tx, who, actions::kDeleteParameter, **head);
    });
}

Result<DeleteParametersResult> ParameterService::deleteParameters(const Principal &who,
                                                                  const DeleteParametersRequest &request)
{
    if (auto valid = validate(request); !valid)
        return valid.error();
    for (const QString &name : request.names) {
        const auto canonical = canonicalParameterName(name);
        if (auto allowed = allow(who, actions::kDeleteParameters, canonical.value_or(QString())); !allowed)
            return allowed.error();
    }
    return m_parts.database.write([&](Transaction &tx) -> Result<DeleteParametersResult> {
        DeleteParametersResult result;
        QStringList gone; // canonical: both spellings may be given
        for (const QString &name : request.names) {
            const auto canonical = canonicalParameterName(name);
            if (canonical && gone.contains(*canonical))
                continue;
            const auto head
                = canonical ? headToChange(tx, *canonical) : Result<std::optional<ParameterHead>>();
            if (!head)
                return head.error();
            if (!*head) {
                result.invalidParameters.append(name);
                continue;
            }
            if (auto removed = remove(tx, who, actions::kDeleteParameters, **head); !removed)
                return removed.error();
            gone.append(*canonical);
            result.deletedParameters.append((*head)->name);
        }
        return result;
    });
}

// ---- Labels --------------------------------------------------------------------------------------------------------

Result<LabelParameterVersionResult>
ParameterService::labelParameterVersion(const Principal &who, const ParameterLabelsRequest &request)
{
    if (auto valid = validate(request); !valid)
        return valid.error();
    const auto name = parameterName(m_parts.database.fleet(), request.name);
    if (!name)
        return name.error();
    if (auto allowed = allow(who, actions::kLabelParameterVersion, name->canonical); !allowed)
        return allowed.error();
    return m_parts.database.write([&](Transaction &tx) -> Result<LabelParameterVersionResult> {
        const auto held = headToChange(tx, name->canonical);
        if (!held)
            return held.error();
        if (!*held)
            return notFound(request.name);
        const ParameterHead &head = **held;
        const auto version = versionOf(tx, head, request.version.value_or(head.version));
        const auto before = m_marks.labels(tx, head.id);
        if (!version || !before)
            return version ? before.error() : version.error();
        LabelParameterVersionResult result {.invalidLabels = {}, .version = version->version};
        QMap<QString, qint64> after = *before;
        QStringList moved;
        for (const QString &label : request.labels) {
            if (!isParameterLabel(label)) {
                result.invalidLabels.append(label);
            } else if (after.value(label) != version->version) {
                after.insert(label, version->version);
                moved.append(label);
            }
        }
        const qsizetype count = after.keys(version->version).size();
        if (count > m_limits.labels)
            return fail(
                errors::kParameterVersionLabelLimitExceeded,
                u"Version %1 of %2 would have %3 labels; a version can have %4."_s.arg(version->version)
                    .arg(head.name)
                    .arg(count)
                    .arg(m_limits.labels),
                u"Labels"_s);
        if (moved.isEmpty())
            return result;
        if (auto set = m_marks.setLabels(tx, head.id, version->version, moved); !set)
            return set.error();
        changed(tx, head);
        return m_journal
            .record(tx, who, actions::kLabelParameterVersion, ParameterChange::LabelParameterVersion, head,
                    version->description, auditDiff(LabelList {*before}, LabelList {after}))
            .map([&] { return result; });
    });
}

Result<UnlabelParameterVersionResult>
ParameterService::unlabelParameterVersion(const Principal &who, const ParameterLabelsRequest &request)
{
    if (auto valid = validate(request); !valid)
        return valid.error();
    if (!request.version)
        return fail(errors::kValidation, u"ParameterVersion is missing; it is required."_s,
                    u"ParameterVersion"_s);
    const auto name = parameterName(m_parts.database.fleet(), request.name);
    if (!name)
        return name.error();
    if (auto allowed = allow(who, actions::kUnlabelParameterVersion, name->canonical); !allowed)
        return allowed.error();
    return m_parts.database.write([&](Transaction &tx) -> Result<UnlabelParameterVersionResult> {
        const auto held = headToChange(tx, name->canonical);
        if (!held)
            return held.error();
        if (!*held)
            return notFound(request.name);
        const ParameterHead &head = **held;
        const auto version = versionOf(tx, head, *request.version);
        const auto before = m_marks.labels(tx, head.id);
        if (!version || !before)
            return version ? before.error() : version.error();
        UnlabelParameterVersionResult result;
        QMap<QString, qint64> after = *before;
        for (const QString &label : request.labels) {
            const bool isThere = after.value(label) == version->version && after.remove(label) > 0;
            (isThere ? result.removedLabels : result.invalidLabels).append(label);
        }
        if (result.removedLabels.isEmpty())
            return result;
        if (auto removed = m_marks.removeLabels(tx, head.id, version->version, result.removedLabels);
            !removed)
            return removed.error();
        changed(tx, head);
        return m_journal
            .record(tx, who, actions::kUnlabelParameterVersion, ParameterChange::UnlabelParameterVersion,
                    head, version->description, auditDiff(LabelList {*before}, LabelList {after}))
            .map([&] { return result; });
    });
}

// ---- Tags and the tree ---------------------------------------------------------------------------------------------

Result<QString> ParameterService::taggable(const Principal &who, Action action, const QString &name)
{
    const auto canonical = canonicalParameterName(name);
    if (auto allowed = allow(who, action, canonical.value_or(QString())); !allowed)
        return allowed.error();
    if (!canonical)
        return fail(errors::kInvalidResourceId, u"There is no parameter %1."_s.arg(name.left(200)),
                    u"ResourceId"_s);
    return *canonical;
}

Result<void> ParameterService::changeTags(
    const Principal &who, Action action, const QString &name,
    const std::function<Result<QList<ParameterTag>>(const QList<ParameterTag> &)> &change)
{
    const auto canonical = taggable(who, action, name);
    if (!canonical)
        return canonical.error();
    return m_parts.database.write([&](Transaction &tx) -> Result<void> {
        const auto head = headToChange(tx, *canonical);
        if (!head)
            return head.error();
        if (!*head)
            return fail(errors::kInvalidResourceId, u"There is no parameter %1."_s.arg(name.left(200)),
                        u"ResourceId"_s);
        const auto before = m_marks.tags(tx, (*head)->id);
        if (!before)
            return before.error();
        const auto after = change(*before);
        if (!after)
            return after.error();
        if (*after == *before)
            return {};
        if (auto set = m_marks.setTags(tx, (*head)->id, *after); !set)
            return set;
        changed(tx, **head);
        m_journal.recordQuietly(tx, who, action, **head, auditDiff(TagList {*before}, TagList {*after}));
        return {};
    });
}

Result<void> ParameterService::addTags(const Principal &who, const QString &name,
                                       const QList<ParameterTag> &tags)
{
    return changeTags(who, actions::kAddTagsToResource, name, [&](const QList<ParameterTag> &before) {
        return withParameterTags(before, tags, m_limits.tags);
    });
}

Result<void> ParameterService::removeTags(const Principal &who, const QString &name, const QStringList &keys)
{
    return changeTags(who, actions::kRemoveTagsFromResource, name,
                      [&](QList<ParameterTag> tags) -> Result<QList<ParameterTag>> {
                          erase_if(tags, [&](const ParameterTag &tag) { return keys.contains(tag.key); });
                          return tags;
                      });
}

Result<QList<ParameterTag>> ParameterService::listTags(const Principal &who, const QString &name)
{
    const auto canonical = taggable(who, actions::kListTagsForResource, name);
    if (!canonical)
        return canonical.error();
    const auto head = m_rows.head(m_parts.database.reader(), *canonical);
    if (!head)
        return head.error();
    if (!*head)
        return fail(errors::kInvalidResourceId, u"There is no parameter %1."_s.arg(name.left(200)),
                    u"ResourceId"_s);
    return m_marks.tags(m_parts.database.reader(), (*head)->id);
}

Result<QList<ParameterPath>> ParameterService::paths(const Principal &who, const QString &path,
                                                     const QString &after, int limit)
{
    if (auto allowed = allow(who, actions::kDescribeParameters, {}); !allowed)
        return allowed.error();
    const auto parent = parameterPath(path, u"Path"_s);
    if (!parent)
        return parent.error();
    return m_lists.paths(m_parts.database.reader(), *parent, after, limit);
}

// ---- Policies ------------------------------------------------------------------------------------------------------

Result<int> ParameterService::sweep()
{
    int all = 0;
    while (true) {
        const auto swept = sweepOnce();
        if (!swept) {
            m_sweepTimer.start(kMostBetweenSweeps);
            return swept.error();
        }
        all += *swept;
        if (*swept < kSweptAtOnce)
            break;
    }
    scheduleSweep();
    return all;
}

Result<int> ParameterService::sweepOnce()
{
    return m_parts.database.write([this](Transaction &tx) -> Result<int> {
        const auto due = m_policies.due(tx, m_parts.clock.now(), kSweptAtOnce);
        if (!due)
            return due.error();
        int acted = 0;
        for (const ParameterPolicyRepository::Due &policy : *due) {
            const auto done = act(tx, policy);
            if (!done)
                return done.error();
            acted += *done ? 1 : 0;
        }
        return acted;
    });
}

// The event and the mark that it has fired are of one transaction: a crash repeats neither.
Result<bool> ParameterService::act(Transaction &tx, const ParameterPolicyRepository::Due &due)
{
    const auto head = m_rows.lockedHead(tx, due.parameterId);
    if (!head)
        return head.error();
    if (!*head) // gone with an earlier one of this sweep, or held by another engine: the next sweep looks again
        return false;
    const auto mine = m_policies.finish(tx, due, PolicyStatus::Finished);
    if (!mine || !*mine)
        return mine;
    if (auto told = m_journal.recordPolicyAction(tx, **head, enumName(due.kind), due.text, {}); !told)
        return told.error();
    if (due.kind == PolicyKind::Expiration) {
        if (auto removed = remove(tx, enginePrincipal(), actions::kDeleteParameter, **head); !removed)
            return removed.error();
    } else {
        changed(tx, **head);
    }
    return true;
}

void ParameterService::scheduleSweep()
{
    std::chrono::milliseconds wait = kMostBetweenSweeps;
    if (const auto next = m_policies.nextDue(m_parts.database.reader()); next && *next) {
        const auto until = std::chrono::ceil<std::chrono::milliseconds>(**next - m_parts.clock.now());
        wait = std::clamp<std::chrono::milliseconds>(until, kLeastBetweenSweeps, kMostBetweenSweeps);
    }
    m_sweepTimer.start(wait);
}

}

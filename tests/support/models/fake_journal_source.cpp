#include "tests/support/models/fake_journal_source.h"

namespace fb::test {

using namespace Qt::StringLiterals;

namespace {

    bool fits(const JournalEntry &entry, const JournalFilter &filter)
    {
        const auto isUnit
            = [&](const QString &unit) { return entry.unit == unit || entry.unit == unit + u".service"_s; };
        return (filter.priority < 0 || (entry.priority >= 0 && entry.priority <= filter.priority))
            && (filter.units.isEmpty() || std::any_of(filter.units.begin(), filter.units.end(), isUnit))
            && (filter.identifiers.isEmpty() || filter.identifiers.contains(entry.identifier))
            && entry.message.contains(filter.text, Qt::CaseInsensitive)
            && (toMicros(filter.since) == 0 || entry.stamp >= filter.since)
            && (toMicros(filter.until) == 0 || entry.stamp <= filter.until);
    }

    void fillFields(JournalEntry &entry)
    {
        const auto add = [&entry](const QString &name, const QString &value) {
            if (!value.isEmpty())
                entry.fields.append({name, value.toUtf8(), value.toUtf8().size()});
        };
        add(u"MESSAGE"_s, entry.message);
        if (entry.priority >= 0)
            add(u"PRIORITY"_s, QString::number(entry.priority));
        add(u"SYSLOG_IDENTIFIER"_s, entry.identifier);
        add(u"_SYSTEMD_UNIT"_s, entry.unit);
        add(u"_PID"_s, entry.pid);
        add(u"_HOSTNAME"_s, u"web-tyo-03"_s);
        add(u"_TRANSPORT"_s, u"journal"_s);
        add(u"__CURSOR"_s, entry.cursor);
        add(u"__REALTIME_TIMESTAMP"_s, QString::number(toMicros(entry.stamp)));
    }
}

QList<JournalEntry> FakeJournalSource::sample(Instant now)
{
    struct Line {
        int priority;
        const char *unit;
        const char *identifier;
        const char *message;
    };
    static constexpr Line kLines[] = {
        {6, "ssh.service", "sshd", "Accepted publickey for ops from 10.20.0.8 port 51022 ssh2: ED25519"},
        {6, "cron.service", "CRON", "(root) CMD (cd / && run-parts --report /etc/cron.hourly)"},
        {4, "nginx.service", "nginx",
         "upstream response time 9.8 s while reading response header, client: 10.20.0.31"},
        {3, "checkout.service", "checkout",
         "pool shop-primary: no connection within 5000 ms (in use 64, waiting 37)"},
        {5, "init.scope", "systemd", "checkout.service: Scheduled restart job, restart counter is at 3."},
        {6, "checkout.service", "checkout", "listening on 0.0.0.0:8080"},
        {7, "NetworkManager.service", "NetworkManager", "dhcp4 (eth0): state changed bound -> renewed"},
        {2, "smartd.service", "smartd", "Device: /dev/sda [SAT], 8 Currently unreadable (pending) sectors"},
        {-1, "docker.service", "dockerd",
         "time=\"10:41:52\" level=info msg=\"ignoring event\" module=libcontainerd"},
        {3, "ssh.service", "sshd", "error: kex_exchange_identification: Connection closed by remote host"},
    };
    QList<JournalEntry> entries;
    constexpr int kCount = 60;
    for (int i = 0; i < kCount; ++i) {
        const Line &line = kLines[(i * 7 + i / 10) % std::size(kLines)];
        JournalEntry entry;
        entry.cursor = u"s=1;i=%1"_s.arg(i + 1, 0, 16);
        entry.stamp = now - Microseconds((kCount - i) * 3'217'431LL);
        entry.priority = line.priority;
        entry.unit = QString::fromLatin1(line.unit);
        entry.identifier = QString::fromLatin1(line.identifier);
        entry.pid = QString::number(700 + (i * 7 + i / 10) % 10 * 131);
        entry.message = QString::fromLatin1(line.message);
        entry.messageSize = entry.message.size();
        entries << entry;
    }
    return entries;
}

FakeJournalSource::Journal &FakeJournalSource::at(const QString &nodeId)
{
    if (!journals.contains(nodeId))
        journals[nodeId].entries = isEmpty ? QList<JournalEntry>() : sample(m_now);
    return journals[nodeId];
}

void FakeJournalSource::add(const QString &nodeId, Instant stamp, const QString &message, int priority,
                            const QString &unit)
{
    JournalEntry entry;
    entry.cursor = u"s=2;i=%1"_s.arg(0x100000 + ++m_last, 0, 16);
    entry.stamp = stamp;
    entry.priority = priority;
    entry.unit = unit;
    entry.identifier = unit.section(u'.', 0, 0);
    entry.pid = u"4711"_s;
    entry.message = message;
    entry.messageSize = message.size();
    at(nodeId).entries << entry;
}

template <typename T, typename Make>
void FakeJournalSource::answer(const QString &nodeId, QObject *asker, Answer<T> answered, Make make)
{
    if (!at(nodeId).answers)
        return;
    QMetaObject::invokeMethod(
        this,
        [this, nodeId, asker = QPointer(asker), answered = std::move(answered), make] {
            if (!asker)
                return;
            const std::optional<ShownError> problem = at(nodeId).problem;
            answered(problem.value_or(ShownError()), problem ? T() : make());
        },
        Qt::QueuedConnection);
}

void FakeJournalSource::place(const QString &nodeId, bool names, QObject *asker,
                              Answer<JournalPlace> answered)
{
    answer<JournalPlace>(nodeId, asker, std::move(answered), [this, nodeId, names] {
        const Journal &journal = at(nodeId);
        JournalPlace place;
        place.hasJournal = !journal.noJournal;
        place.why = journal.noJournal.value_or(QString());
        place.clock = journal.clock;
        if (journal.noJournal)
            place.files = files;
        else
            place.boots = {{u"0123456789abcdef0123456789abcdef"_s, m_now - std::chrono::hours(5), m_now},
                           {u"1123456789abcdef0123456789abcdef"_s, m_now - std::chrono::hours(90),
                            m_now - std::chrono::hours(5)}};
        if (names) {
            place.units = {u"checkout.service"_s, u"nginx.service"_s, u"ssh.service"_s};
            place.identifiers = {u"checkout"_s, u"nginx"_s, u"sshd"_s, u"systemd"_s};
        }
        return place;
    });
}

void FakeJournalSource::query(const QString &nodeId, const JournalQuery &query, QObject *asker,
                              Answer<JournalBatch> answered)
{
    ++at(nodeId).queries;
    answer<JournalBatch>(nodeId, asker, std::move(answered), [this, nodeId, query] {
        const Journal &journal = at(nodeId);
        JournalBatch page;
        page.began = m_now;
        page.clock = journal.clock;
        bool isBefore = query.before.isEmpty();
        for (auto it = journal.entries.crbegin(); it != journal.entries.crend(); ++it) {
            if (!isBefore) {
                isBefore = it->cursor == query.before;
                continue;
            }
            if (!fits(*it, query.filter))
                continue;
            if (page.entries.size() == query.most) {
                page.hasMore = true;
                break;
            }
            page.entries << *it;
            if (query.isWhole)
                fillFields(page.entries.last());
        }
        return page;
    });
}

void FakeJournalSource::follow(const QString &nodeId, const JournalFollow &follow, QObject *asker,
                               Answer<JournalBatch> answered)
{
    ++at(nodeId).follows;
    at(nodeId).followed << follow;
    answer<JournalBatch>(nodeId, asker, std::move(answered), [this, nodeId, follow] {
        const Journal &journal = at(nodeId);
        JournalBatch page;
        page.began = m_now;
        page.clock = journal.clock;
        bool isAfter = follow.after.isEmpty();
        for (const JournalEntry &entry : journal.entries) {
            if (isAfter && fits(entry, follow.filter)
                && (!follow.after.isEmpty() || entry.stamp >= follow.since))
                page.entries << entry;
            isAfter = isAfter || entry.cursor == follow.after;
        }
        if (const qsizetype over = page.entries.size() - follow.most; over > 0) {
            page.entries.remove(0, over);
            page.dropped = over;
        }
        return page;
    });
}

void FakeJournalSource::entry(const QString &nodeId, const QString &cursor, QObject *asker,
                              Answer<JournalEntry> answered)
{
    QMetaObject::invokeMethod(
        this,
        [this, nodeId, cursor, asker = QPointer(asker), answered = std::move(answered)] {
            if (!asker)
                return;
            if (entryProblem)
                return answered(*entryProblem, {});
            for (JournalEntry entry : std::as_const(at(nodeId).entries)) {
                if (entry.cursor != cursor)
                    continue;
                if (entry.fields.isEmpty())
                    fillFields(entry);
                return answered({}, entry);
            }
        },
        Qt::QueuedConnection);
}

}

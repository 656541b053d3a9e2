#include "backend/events/metric_store.h"

#include <QLoggingCategory>

#include <algorithm>
#include <map>

namespace fb {

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(metricLog, "fb.metrics")

namespace {
    const QString kNamespace = u"Flagbridge/Agent"_s;
    constexpr qsizetype kMaxWaiting = 200'000; // one report of 10,000 nodes; beyond it the oldest go

    QString latestKey(const NodeId &node, const QString &name) { return toQString(node) + u'|' + name; }

    Instant bucketOf(Instant time) { return std::chrono::floor<std::chrono::minutes>(time); }
}

MetricStore::MetricStore(Database &database, const Clock &clock, QObject *parent)
    : QObject(parent),
      m_database(database),
      m_clock(clock)
{
    m_timer.setInterval(1000);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (const Result<void> written = flush(); !written)
            qCWarning(metricLog) << "points wait:" << written.error().message.c_str();
        if (m_clock.now() - m_cleanedAt < std::chrono::hours(1))
            return;
        m_cleanedAt = m_clock.now();
        if (const Result<void> removed = removeOld(); !removed)
            qCWarning(metricLog) << "old points were not removed:" << removed.error().message.c_str();
    });
}

Result<void> MetricStore::start()
{
    const auto known = m_repository.allSeries(m_database.reader());
    if (!known)
        return known.error();
    m_series = *known;
    m_cleanedAt = m_clock.now();
    m_timer.start();
    return {};
}

void MetricStore::record(const QList<MetricSample> &samples)
{
    const Instant now = m_clock.now();
    QList<MetricSample> taken;
    for (const MetricSample &sample : samples) {
        if (sample.time < now - kOldestAccepted || sample.time > now + kNewestAccepted) {
            ++m_rejected;
            continue;
        }
        taken.append(sample);
        if (sample.dimensions.isEmpty())
            m_latest.insert(latestKey(sample.node, sample.name), sample.value);
    }
    m_waiting += taken;
    if (m_waiting.size() > kMaxWaiting) {
        m_rejected += m_waiting.size() - kMaxWaiting;
        m_waiting.remove(0, m_waiting.size() - kMaxWaiting);
    }
    if (!taken.isEmpty())
        emit recorded(taken);
}

std::optional<double> MetricStore::latest(const NodeId &node, const QString &name) const
{
    const auto found = m_latest.constFind(latestKey(node, name));
    return found == m_latest.constEnd() ? std::nullopt : std::optional(*found);
}

QFuture<Result<QList<MetricPoint>>> MetricStore::series(const NodeId &node, const QString &name, Instant from,
                                                        Instant to) const
{
    const QString key = latestKey(node, name) + u'|';
    return m_database.read([repository = m_repository, key, from, to](Reader &reader) mutable {
        return repository.points(reader, key, from, to);
    });
}

Microseconds MetricStore::bucketFor(Instant from, Instant to, int most)
{
    const auto minutes = std::chrono::ceil<std::chrono::minutes>((to - from) / std::max(1, most));
    return std::max<Microseconds>(minutes, kBucket);
}

QFuture<Result<QList<NodeSeries>>> MetricStore::nodeSeries(const NodeId &node, const QStringList &names,
                                                           Instant from, Instant to, int most) const
{
    const Microseconds width = bucketFor(from, to, most);
    return m_database.read([repository = m_repository, node, names, from, to, width](Reader &reader) mutable {
        return repository.nodePoints(reader, node, names, from, to, width);
    });
}

Result<void> MetricStore::flush()
{
    if (m_waiting.isEmpty())
        return {};
    const QList<MetricSample> samples = std::exchange(m_waiting, {});
    const auto written = m_database.write([&](Transaction &transaction) -> Result<void> {
        std::map<std::pair<qint64, Instant>, MetricPoint>
            buckets; // one row each: PostgreSQL refuses to touch a row twice
        for (const MetricSample &sample : samples) {
            const Result<qint64> id = seriesId(transaction, sample);
            if (!id)
                return id.error();
            const auto [it, isNew] = buckets.try_emplace({*id, bucketOf(sample.time)});
            MetricPoint &bucket = it->second;
            bucket.min = isNew ? sample.value : std::min(bucket.min, sample.value);
            bucket.max = isNew ? sample.value : std::max(bucket.max, sample.value);
            bucket.sum += sample.value;
            ++bucket.count;
        }
        return m_repository.addToBuckets(transaction, buckets);
    });
    if (!written)
        m_waiting = samples + m_waiting;
    return written;
}

Result<void> MetricStore::removeOld()
{
    return m_database.write([this](Transaction &transaction) {
        return m_repository.removeBefore(transaction, m_clock.now() - kKept);
    });
}

QString MetricStore::keyOf(const MetricSample &sample) const
{
    QString key = latestKey(sample.node, sample.name) + u'|';
    for (auto it = sample.dimensions.cbegin(); it != sample.dimensions.cend(); ++it)
        key += it.key() + u'=' + it.value() + u';';
    return key;
}

Result<qint64> MetricStore::seriesId(Transaction &transaction, const MetricSample &sample)
{
    const QString key = keyOf(sample);
    if (const auto known = m_series.constFind(key); known != m_series.constEnd())
        return *known;
    const Result<qint64> id = m_repository.series(transaction, key, kNamespace, sample.name, sample.node);
    if (id)
        transaction.onCommitted([this, key, number = *id] { m_series.insert(key, number); });
    return id;
}

}

#pragma once
// Metric series of agents at first depth: one-minute buckets kept 15 days, and the newest value of each series in memory for lists
// (spec/events-and-metrics.md 3.9, 3.10 tier T1). Writes gather for a second and go out as multi-row statements. Engine thread.

#include "backend/core/ids.h"
#include "backend/events/metric_repository.h"
#include "backend/store/database.h"

#include <QHash>
#include <QList>
#include <QMap>
#include <QObject>
#include <QString>
#include <QTimer>

namespace fb {

struct MetricSample {
    NodeId node;
    QString name; // "cpu_usage_active"
    QMap<QString, QString> dimensions; // besides InstanceId
    Instant time {};
    double value = 0;
};

class MetricStore : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype kMaxPointsPerReport = 512;
    static constexpr auto kBucket = std::chrono::seconds(60);
    static constexpr auto kKept = std::chrono::hours(24 * 15);
    static constexpr auto kOldestAccepted = std::chrono::hours(24);
    static constexpr auto kNewestAccepted = std::chrono::minutes(2); // ahead of the engine's clock

    MetricStore(Database &database, const Clock &clock, QObject *parent = nullptr);
    Result<void> start();

    void record(const QList<MetricSample> &samples); // out of the accepted time: dropped and counted
    qint64 rejectedPoints() const { return m_rejected; }

    // Newest value of a series without further dimensions, or nothing.
    std::optional<double> latest(const NodeId &node, const QString &name) const;
    // Buckets of a series in [from, to), ascending; on the read pool.
    QFuture<Result<QList<MetricPoint>>> series(const NodeId &node, const QString &name, Instant from,
                                               Instant to) const;
    // Of these metrics of one node all series, their buckets so wide that none has many more than `most` points; on the read pool.
    QFuture<Result<QList<NodeSeries>>> nodeSeries(const NodeId &node, const QStringList &names, Instant from,
                                                  Instant to, int most = 720) const;
    static Microseconds bucketFor(Instant from, Instant to, int most); // how wide
    Result<void> flush(); // writes what has gathered; by itself each second
    Result<void> removeOld();

signals:
    void recorded(const QList<fb::MetricSample> &samples);

private:
    QString keyOf(const MetricSample &sample) const;
    Result<qint64> seriesId(Transaction &transaction, const MetricSample &sample);

    Database &m_database;
    const Clock &m_clock;
    MetricRepository m_repository;
    QTimer m_timer;
    QHash<QString, qint64> m_series; // key -> id
    QHash<QString, double> m_latest; // series without dimensions
    QList<MetricSample> m_waiting;
    qint64 m_rejected = 0;
    Instant m_cleanedAt {};
};

}

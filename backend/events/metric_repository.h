#pragma once
// All the SQL of metric series and buckets. Thread: the caller's transaction or reader.

#include "backend/core/clock.h"
#include "backend/core/ids.h"
#include "backend/store/transaction.h"

#include <QHash>
#include <QMap>

#include <map>
#include <utility>

namespace fb {

struct MetricPoint { // one bucket
    Instant time {}; // its start
    qint64 count = 0;
    double sum = 0;
    double min = 0;
    double max = 0;
    double average() const { return count > 0 ? sum / static_cast<double>(count) : 0; }
};

struct NodeSeries {
    QString name; // "disk_used_percent"
    QMap<QString, QString> dimensions; // path, device
    QList<MetricPoint> points; // ascending
};

class MetricRepository
{
public:
    Result<QHash<QString, qint64>> allSeries(Reader &reader); // key -> id
    // The id of the series; makes it if it is new.
    Result<qint64> series(Transaction &transaction, const QString &key, const QString &metricNamespace,
                          const QString &name, const NodeId &node);
    // Adds to what the buckets hold; by series and start of the bucket.
    Result<void> addToBuckets(Transaction &transaction,
                              const std::map<std::pair<qint64, Instant>, MetricPoint> &buckets);
    Result<QList<MetricPoint>> points(Reader &reader, const QString &key, Instant from,
                                      Instant to); // [from, to), ascending
    // Of these metrics of one node all series, each with its points by buckets of `width` (whole minutes).
    Result<QList<NodeSeries>> nodePoints(Reader &reader, const NodeId &node, const QStringList &names,
                                         Instant from, Instant to, Microseconds width);
    Result<void> removeBefore(Transaction &transaction, Instant before);
};

}

#include "backend/events/metric_repository.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    // Of a series' key "node|name|path=/;device=/dev/sda1;".
    QMap<QString, QString> dimensionsOf(const QString &key)
    {
        QMap<QString, QString> dimensions;
        const QStringList parts = key.section(u'|', 2).split(u';', Qt::SkipEmptyParts);
        for (const QString &part : parts)
            dimensions.insert(part.section(u'=', 0, 0), part.section(u'=', 1));
        return dimensions;
    }
}

Result<QHash<QString, qint64>> MetricRepository::allSeries(Reader &reader)
{
    QHash<QString, qint64> series;
    return reader
        .each(u"SELECT id, series_key FROM metric_series"_s, {},
              [&](const Row &row) { series.insert(row.text(1), row.integer(0)); })
        .map([&](int) { return series; });
}

Result<qint64> MetricRepository::series(Transaction &transaction, const QString &key,
                                        const QString &metricNamespace, const QString &name,
                                        const NodeId &node)
{
    return transaction
        .execute(u"INSERT INTO metric_series (metric_namespace, metric_name, instance_id, series_key) VALUES "
                 u"(?, ?, ?, ?) "
                 "ON CONFLICT (series_key) DO NOTHING"_s,
                 {metricNamespace, name, toSql(node), key})
        .andThen([&](qint64) {
            return transaction.number(u"SELECT id FROM metric_series WHERE series_key = ?"_s, {key});
        });
}

Result<void> MetricRepository::addToBuckets(Transaction &transaction,
                                            const std::map<std::pair<qint64, Instant>, MetricPoint> &buckets)
{
    QList<QVariantList> rows;
    for (const auto &[key, bucket] : buckets)
        rows.append({key.first, toSql(key.second), bucket.count, bucket.sum, bucket.min, bucket.max});
    return transaction
        .insertRows(
            u"metric_point"_s,
            {u"series_id"_s, u"bucket"_s, u"point_count"_s, u"point_sum"_s, u"point_min"_s, u"point_max"_s},
            rows,
            u"ON CONFLICT (series_id, bucket) DO UPDATE SET "
            "point_count = metric_point.point_count + excluded.point_count, "
            "point_sum = metric_point.point_sum + excluded.point_sum, "
            "point_min = CASE WHEN excluded.point_min < metric_point.point_min THEN excluded.point_min "
            "ELSE metric_point.point_min END, "
            "point_max = CASE WHEN excluded.point_max > metric_point.point_max THEN excluded.point_max "
            "ELSE metric_point.point_max END"_s)
        .map([](qint64) {});
}

Result<QList<MetricPoint>> MetricRepository::points(Reader &reader, const QString &key, Instant from,
                                                    Instant to)
{
    return reader.all(
        u"SELECT p.bucket, p.point_count, p.point_sum, p.point_min, p.point_max FROM metric_point p "
        "JOIN metric_series s ON s.id = p.series_id "
        "WHERE s.series_key = ? AND p.bucket >= ? AND p.bucket < ? ORDER BY p.bucket"_s,
        {key, toSql(from), toSql(to)}, [](const Row &row) {
            return MetricPoint {row.instant(0), row.integer(1), row.real(2), row.real(3), row.real(4)};
        });
}

Result<QList<NodeSeries>> MetricRepository::nodePoints(Reader &reader, const NodeId &node,
                                                       const QStringList &names, Instant from, Instant to,
                                                       Microseconds width)
{
    QStringList marks;
    QVariantList values {qint64(width.count()), qint64(width.count()), toSql(node)};
    for (const QString &name : names) {
        marks << u"?"_s;
        values << name;
    }
    values << toSql(from) << toSql(to);
    QList<NodeSeries> all;
    qint64 current = -1;
    return reader
        .each(u"SELECT s.id, s.metric_name, s.series_key, (p.bucket / ?) * ? AS start, sum(p.point_count), "
              "sum(p.point_sum), min(p.point_min), max(p.point_max) FROM metric_series s "
              "JOIN metric_point p ON p.series_id = s.id WHERE s.instance_id = ? AND s.metric_name IN (%1) "
              "AND p.bucket >= ? AND p.bucket < ? GROUP BY s.id, s.metric_name, s.series_key, start "
              "ORDER BY s.id, start"_s.arg(marks.join(u", "_s)),
              values,
              [&](const Row &row) {
                  if (row.integer(0) != current) {
                      current = row.integer(0);
                      all.append(
                          {.name = row.text(1), .dimensions = dimensionsOf(row.text(2)), .points = {}});
                  }
                  all.last().points.append(
                      {row.instant(3), row.integer(4), row.real(5), row.real(6), row.real(7)});
              })
        .map([&](int) { return all; });
}

Result<void> MetricRepository::removeBefore(Transaction &transaction, Instant before)
{
    return transaction.execute(u"DELETE FROM metric_point WHERE bucket < ?"_s, {toSql(before)})
        .map([](qint64) {});
}

}

#include "backend/applications/parameters/parameter_mark_repository.h"

namespace fb {

using namespace Qt::StringLiterals;

Result<QMap<QString, qint64>> ParameterMarkRepository::labels(Reader &reader, qint64 id) const
{
    QMap<QString, qint64> labels;
    const auto rows
        = reader.each(u"SELECT label, version FROM parameter_label WHERE parameter_id = ?"_s, {id},
                      [&labels](const Row &row) { labels.insert(row.text(0), row.integer(1)); });
    if (!rows)
        return rows.error();
    return labels;
}

Result<std::optional<qint64>> ParameterMarkRepository::labelled(Reader &reader, qint64 id,
                                                                const QString &label) const
{
    return reader.one(u"SELECT version FROM parameter_label WHERE parameter_id = ? AND label = ?"_s,
                      {id, label}, [](const Row &row) { return row.integer(0); });
}

Result<void> ParameterMarkRepository::setLabels(Transaction &tx, qint64 id, qint64 version,
                                                const QStringList &labels) const
{
    QList<QVariantList> rows;
    for (const QString &label : labels)
        rows.append({id, label, version});
    return tx
        .insertRows(u"parameter_label"_s, {u"parameter_id"_s, u"label"_s, u"version"_s}, rows,
                    u"ON CONFLICT (parameter_id, label) DO UPDATE SET version = excluded.version"_s)
        .map([](qint64) {});
}

Result<void> ParameterMarkRepository::removeLabels(Transaction &tx, qint64 id, qint64 version,
                                                   const QStringList &labels) const
{
    for (const QString &label : labels) {
        const auto removed = tx.execute(
            u"DELETE FROM parameter_label WHERE parameter_id = ? AND label = ? AND version = ?"_s,
            {id, label, version});
        if (!removed)
            return removed.error();
    }
    return {};
}

Result<QList<ParameterTag>> ParameterMarkRepository::tags(Reader &reader, qint64 id) const
{
    return reader.all(
        u"SELECT tag_key, tag_value FROM parameter_tag WHERE parameter_id = ? ORDER BY tag_key"_s, {id},
        [](const Row &row) { return ParameterTag {.key = row.text(0), .value = row.text(1)}; });
}

Result<void> ParameterMarkRepository::setTags(Transaction &tx, qint64 id,
                                              const QList<ParameterTag> &tags) const
{
    const auto removed = tx.execute(u"DELETE FROM parameter_tag WHERE parameter_id = ?"_s, {id});
    if (!removed || tags.isEmpty())
        return removed.map([](qint64) {});
    QList<QVariantList> rows;
    for (const ParameterTag &tag : tags)
        rows.append({id, tag.key, tag.value});
    return tx.insertRows(u"parameter_tag"_s, {u"parameter_id"_s, u"tag_key"_s, u"tag_value"_s}, rows)
        .map([](qint64) {});
}

}

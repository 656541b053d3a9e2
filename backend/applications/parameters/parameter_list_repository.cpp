#include "backend/applications/parameters/parameter_list_repository.h"

#include "backend/applications/parameters/parameter_name.h"
#include "backend/applications/parameters/parameter_repository.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    using In = ParameterCondition::Field;
    using Option = ParameterCondition::Option;

    struct Sql {
        QStringList parts;
        QVariantList binds;
        void add(const QString &part, const QVariantList &values)
        {
            parts.append(part);
            binds += values;
        }
    };

    QVariantList variants(const QStringList &texts)
    {
        QVariantList out;
        for (const QString &text : texts)
            out.append(text);
        return out;
    }

    QString marks(qsizetype count) { return QStringList(count, u"?"_s).join(u", "_s); }

    QString anyOf(const QStringList &parts) { return u'(' + parts.join(u" OR "_s) + u')'; }

    // Equals and BeginsWith of a column.
    void addText(Sql &sql, const QString &column, const ParameterCondition &condition)
    {
        if (condition.option == Option::Equals)
            return sql.add(u"%1 IN (%2)"_s.arg(column, marks(condition.values.size())),
                           variants(condition.values));
        QStringList parts;
        QVariantList binds;
        for (const QString &value : condition.values) {
            parts.append(u"substr(%1, 1, CAST(? AS INTEGER)) = ?"_s.arg(column));
            binds << value.toUcs4().size() << value;
        }
        sql.add(anyOf(parts), binds);
    }

    void addName(Sql &sql, const ParameterCondition &condition)
    {
        const QString column = u"p.canonical_name"_s;
        if (condition.option == Option::Equals)
            return addText(sql, column, condition);
        QStringList parts;
        QVariantList binds;
        for (const QString &value : condition.values) {
            if (condition.option == Option::Contains) {
                parts.append(u"length(replace(p.canonical_name, ?, '')) < length(p.canonical_name)"_s);
                binds << value;
            } else { // a range, which the index serves
                parts.append(u"(p.canonical_name >= ? AND p.canonical_name < ?)"_s);
                binds << value << value + QChar(u'\x7f'); // names are ASCII below it
            }
        }
        sql.add(anyOf(parts), binds);
    }

    void addPath(Sql &sql, const ParameterCondition &condition)
    {
        if (condition.option == Option::OneLevel)
            return sql.add(u"p.parent_path IN (%1)"_s.arg(marks(condition.values.size())),
                           variants(condition.values));
        QStringList parts;
        QVariantList binds;
        for (const QString &value : condition.values) {
            parts.append(u"(p.canonical_name > ? AND p.canonical_name < ?)"_s);
            binds << value << pathEnd(value);
        }
        sql.add(anyOf(parts), binds);
    }

    void addTag(Sql &sql, const ParameterCondition &condition)
    {
        Sql value;
        if (!condition.values.isEmpty())
            addText(value, u"t.tag_value"_s, condition);
        sql.add(
            u"EXISTS (SELECT 1 FROM parameter_tag t WHERE t.parameter_id = p.id AND t.tag_key = ?%1)"_s.arg(
                value.parts.isEmpty() ? QString() : u" AND "_s + value.parts.first()),
            QVariantList {condition.tagKey} + value.binds);
    }

    void add(Sql &sql, const ParameterCondition &condition)
    {
        switch (condition.field) {
        case In::Name:
            return addName(sql, condition);
        case In::Path:
            return addPath(sql, condition);
        case In::Tag:
            return addTag(sql, condition);
        case In::Type:
            return addText(sql, u"p.type"_s, condition);
        case In::KeyId:
            return addText(sql, u"p.key_name"_s, condition);
        case In::Tier:
            return addText(sql, u"p.tier"_s, condition);
        case In::DataType:
            return addText(sql, u"p.data_type"_s, condition);
        case In::Label:
            break; // decides which version is joined
        }
    }
}

Result<QList<ParameterListRepository::Item>>
ParameterListRepository::list(Reader &reader, const ParameterConditions &conditions, const QString &after,
                              int limit) const
{
    Sql sql;
    QStringList labels;
    for (const ParameterCondition &condition : conditions) {
        if (condition.field == In::Label)
            labels = condition.values;
        add(sql, condition);
    }
    if (!labels.isEmpty())
        sql.add(
            u"EXISTS (SELECT 1 FROM parameter_label m WHERE m.parameter_id = p.id AND m.label IN (%1))"_s.arg(
                marks(labels.size())),
            variants(labels));
    if (!after.isEmpty())
        sql.add(u"p.canonical_name > ?"_s, {after});
    const QString where = sql.parts.isEmpty() ? QString() : u" WHERE "_s + sql.parts.join(u" AND "_s);
    // The page is cut before anything is joined: a planner that knows nothing of the tables yet would sort all of them.
    const QString page = u"(SELECT %1 FROM parameter p%2 ORDER BY p.canonical_name LIMIT ?) p"_s.arg(
        ParameterRepository::headColumns(), where);
    QString join = u"JOIN parameter_version v ON v.parameter_id = p.id AND v.version = p.version"_s;
    QVariantList binds = sql.binds;
    binds << limit;
    if (!labels.isEmpty()) { // of several labels the first that the parameter has
        join = u"JOIN parameter_label l ON l.parameter_id = p.id AND l.label = (SELECT min(m.label) FROM "
               "parameter_label m WHERE m.parameter_id = p.id AND m.label IN (%1)) "
               "JOIN parameter_version v ON v.parameter_id = p.id AND v.version = l.version"_s.arg(
                   marks(labels.size()));
        binds += variants(labels);
    }
    return reader.all(u"SELECT %1, %2, %3 FROM %4 %5 ORDER BY p.canonical_name"_s.arg(
                          ParameterRepository::headColumns(), labels.isEmpty() ? u"''"_s : u"l.label"_s,
                          ParameterRepository::versionColumns(), page, join),
                      binds, [](const Row &row) {
                          constexpr int kLabel = ParameterRepository::kHeadColumns;
                          return Item {.head = ParameterRepository::headOf(row),
                                       .version = ParameterRepository::versionOf(row, kLabel + 1),
                                       .label = row.text(kLabel)};
                      });
}

void ParameterListRepository::addTo(Changes &changes, const QString &canonicalName, int by)
{
    qsizetype slash = canonicalName.lastIndexOf(u'/');
    changes[canonicalName.left(slash + 1)].children += by;
    for (; slash >= 0; slash = slash == 0 ? -1 : canonicalName.lastIndexOf(u'/', slash - 1))
        changes[canonicalName.left(slash + 1)].total += by;
}

Result<void> ParameterListRepository::addToPaths(Transaction &tx, const Changes &changes) const
{
    QList<QVariantList> rows;
    for (const auto &[path, change] : changes) {
        const qsizetype slash = path.size() < 2 ? -1 : path.lastIndexOf(u'/', -2);
        rows.append({path, path.left(slash + 1), change.children, change.total});
    }
    const auto added = tx.insertRows(
        u"parameter_path"_s, {u"path"_s, u"parent_path"_s, u"children"_s, u"total"_s}, rows,
        u"ON CONFLICT (path) DO UPDATE SET children = parameter_path.children + excluded.children, "
        "total = parameter_path.total + excluded.total"_s);
    if (!added)
        return added.error();
    for (const auto &[path, change] : changes) {
        if (change.total >= 0)
            continue;
        const auto removed
            = tx.execute(u"DELETE FROM parameter_path WHERE path = ? AND total <= 0"_s, {path});
        if (!removed)
            return removed.error();
    }
    return {};
}

namespace {
    ParameterPath pathOf(const Row &row)
    {
        return {.path = row.text(0), .children = row.integer(1), .total = row.integer(2)};
    }
}

Result<QList<ParameterPath>> ParameterListRepository::paths(Reader &reader, const QString &parent,
                                                            const QString &after, int limit) const
{
    return reader.all(u"SELECT path, children, total FROM parameter_path WHERE parent_path = ? AND path > ? "
                      "ORDER BY path LIMIT ?"_s,
                      {parent, after, limit}, pathOf);
}

Result<ParameterPath> ParameterListRepository::path(Reader &reader, const QString &path) const
{
    return reader.one(u"SELECT path, children, total FROM parameter_path WHERE path = ?"_s, {path}, pathOf)
        .map([&path](const std::optional<ParameterPath> &found) {
            return found.value_or(ParameterPath {.path = path});
        });
}

}

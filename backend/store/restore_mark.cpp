#include "backend/store/restore_mark.h"

#include "backend/base/field_table.h"

#include <QJsonDocument>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    const QString kMarkName = u"restored"_s;
}

Result<void> RestoreMarks::put(Transaction &tx, const RestoreMark &mark) const
{
    const QString text = QString::fromUtf8(QJsonDocument(toJson(mark)).toJson(QJsonDocument::Compact));
    return tx
        .insertRows(u"store_state"_s, {u"name"_s, u"value"_s},
                    {{kMarkName, text}, {u"epoch"_s, QString::number(mark.epoch)}},
                    u"ON CONFLICT (name) DO UPDATE SET value = excluded.value"_s)
        .map([](qint64) {});
}

Result<std::optional<RestoreMark>> RestoreMarks::find(Reader &reader) const
{
    const auto text = reader.one(u"SELECT value FROM store_state WHERE name = ?"_s, {kMarkName},
                                 [](const Row &row) { return row.text(0); });
    if (!text)
        return text.error();
    if (!*text)
        return std::optional<RestoreMark>();
    return fromJson<RestoreMark>(QJsonDocument::fromJson((*text)->toUtf8()).object())
        .map([](const RestoreMark &mark) { return std::optional(mark); });
}

Result<void> RestoreMarks::remove(Transaction &tx) const
{
    return tx.execute(u"DELETE FROM store_state WHERE name = ?"_s, {kMarkName}).map([](qint64) {});
}

}

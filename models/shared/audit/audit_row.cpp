#include "models/shared/audit/audit_row.h"

#include "models/table/age_cell.h"
#include "models/table/visible_text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    // A member's value as one line.
    QString changedText(const QJsonValue &value)
    {
        if (value.isString())
            return visibleText(value.toString());
        if (value.isNull() || value.isUndefined())
            return {};
        const QByteArray json = QJsonDocument(QJsonArray {value}).toJson(QJsonDocument::Compact); // [value]
        return visibleText(QString::fromUtf8(json.mid(1, json.size() - 2)));
    }
}

AuditTable::ResultKind AuditTable::kindOf(const QString &result)
{
    if (result == u"Success")
        return Done;
    return result == u"AccessDeniedException" ? Denied : Refused;
}

QString AuditTable::kindWord(ResultKind kind)
{
    if (kind == Done)
        return tr("Success");
    return kind == Denied ? tr("Denied") : tr("Refused");
}

StateKind AuditTable::lookOf(ResultKind kind)
{
    if (kind == Done)
        return StateKind::Success;
    return kind == Denied ? StateKind::Failed : StateKind::Warning;
}

QString AuditTable::resultWord(const QString &result) { return kindWord(kindOf(result)); }

QList<AuditTable::Change> AuditTable::changes(const AuditLogRow &row)
{
    QList<Change> found;
    const QJsonObject diff = QJsonDocument::fromJson(row.diff.toUtf8()).object();
    for (auto member = diff.begin(); member != diff.end(); ++member) {
        const QJsonObject change = member.value().toObject();
        if (change.contains(u"from"_s) && change.contains(u"to"_s))
            found.append(
                {visibleText(member.key()), changedText(change[u"from"]), changedText(change[u"to"])});
    }
    return found;
}

// Targets are ids, ARNs and names; what is no certain id leads nowhere.
QString AuditTable::addressOf(const AuditLogRow &row)
{
    static const QRegularExpression node(u"(?:\\A|/)(mi-[0-9a-f]{17})\\z"_s);
    static const QRegularExpression arn(
        u"\\Aarn:[^/]*:(command|session|document)/([A-Za-z0-9_.-]{1,128})\\z"_s);
    static const QMap<QString, QString> pages {{u"command"_s, u"run-command/"_s},
                                               {u"session"_s, u"sessions?row="_s},
                                               {u"document"_s, u"documents?row="_s}};
    if (const auto match = node.match(row.target); match.hasMatch())
        return u"fleet?node="_s + match.captured(1);
    if (const auto match = arn.match(row.target); match.hasMatch())
        return pages.value(match.captured(1)) + match.captured(2);
    return {};
}

QList<TableColumn<AuditLogRow>> AuditTable::columns()
{
    using Row = AuditLogRow;
    return {
        {.key = u"time"_s,
         //: column title: when it happened
         .title = [] { return tr("Time"); },
         .cell = [](const Row &row, Instant now) { return ageCell(row.at, now, -row.sequence); },
         .ages = true,
         .type = FilterType::Time},
        {.key = u"who"_s,
         //: column title: who did it
         .title = [] { return tr("Who"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = row.who}; }},
        {.key = u"action"_s,
         //: column title: what was done
         .title = [] { return tr("Action"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = row.action}; }},
        {.key = u"target"_s,
         //: column title: what it was done to
         .title = [] { return tr("Target"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = row.target}; }},
        {.key = u"result"_s,
         //: column title
         .title = [] { return tr("Result"); },
         .cell =
             [](const Row &row, Instant) {
                 return TableCell {.text = resultWord(row.result),
                                   .apiWord = row.result,
                                   .state = lookOf(kindOf(row.result))};
             }},
        {.key = u"from"_s,
         //: column title: where the call came from
         .title = [] { return tr("From"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = row.source}; }},
        {.key = u"no"_s,
         //: column title: running number of an entry
         .title = [] { return tr("No."); },
         .cell
         = [](const Row &row,
              Instant) { return TableCell {.text = QString::number(row.sequence), .sortKey = row.sequence}; },
         .type = FilterType::Number},
    };
}

QList<QPair<QString, QString>> AuditTable::facts(const AuditLogRow &row)
{
    return {{tr("Time"), RelativeTime::exact(row.at)},
            {tr("Who"), row.who},
            {tr("Role"), row.role},
            {tr("From"), row.source},
            {tr("Action"), row.action},
            {tr("Target"), row.target},
            {tr("Result"), row.result}};
}

}

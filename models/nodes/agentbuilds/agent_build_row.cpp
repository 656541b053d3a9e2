#include "models/nodes/agentbuilds/agent_build_row.h"

#include "models/table/age_cell.h"
#include "models/table/visible_text.h"

#include <QLocale>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    QString sizeText(qint64 bytes)
    {
        return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeIecFormat);
    }
}

QString AgentBuildTable::idOf(const AgentBuildRow &row)
{
    return u"%1/%2/%3"_s.arg(row.version, row.platform, row.architecture);
}

QString AgentBuildTable::versionOrder(const QString &version)
{
    constexpr qsizetype kLongest = 64;
    const auto isDigit = [](QChar c) { return c >= u'0' && c <= u'9'; };
    const auto isLetter = [](QChar c) { return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z'); };
    QString order;
    for (qsizetype at = 0; at < version.size();) {
        const bool digits = isDigit(version[at]);
        qsizetype end = at;
        while (end < version.size() && (digits ? isDigit(version[end]) : isLetter(version[end])))
            ++end;
        const QString part = version.mid(at, end - at);
        if (digits)
            order += u'2' + part.rightJustified(kLongest, u'0');
        else if (!part.isEmpty())
            order += u'0' + part + QChar(1); // letters come before the end, digits after it
        at = qMax(end, at + 1);
    }
    return order + u'1';
}

QString AgentBuildTable::title(const AgentBuildRow &row)
{
    //: version, platform and architecture of a program
    return tr("%1, %2 %3")
        .arg(visibleText(row.version), visibleText(row.platform), visibleText(row.architecture));
}

QString AgentBuildTable::signedWord(const AgentBuildRow &row)
{
    return row.isSigned ? tr("by the release key") : tr("by another key");
}

StateKind AgentBuildTable::signedKind(const AgentBuildRow &row)
{
    return row.isSigned ? StateKind::Success : StateKind::Failed;
}

QList<TableColumn<AgentBuildRow>> AgentBuildTable::columns()
{
    using Row = AgentBuildRow;
    return {
        {.key = u"version"_s,
         //: column title
         .title = [] { return tr("Version"); },
         .cell =
             [](const Row &row, Instant) {
                 return TableCell {.text = visibleText(row.version), .sortKey = versionOrder(row.version)};
             },
         .type = FilterType::Version},
        {.key = u"platform"_s,
         //: column title
         .title = [] { return tr("Platform"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = visibleText(row.platform)}; }},
        {.key = u"architecture"_s,
         //: column title
         .title = [] { return tr("Architecture"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = visibleText(row.architecture)}; }},
        {.key = u"size"_s,
         //: column title: of a file
         .title = [] { return tr("Size"); },
         .cell = [](const Row &row,
                    Instant) { return TableCell {.text = sizeText(row.size), .sortKey = row.size}; },
         .type = FilterType::Size},
        {.key = u"signed"_s,
         //: column title: by which key a program is signed
         .title = [] { return tr("Signed"); },
         .cell =
             [](const Row &row, Instant) {
                 return TableCell {.text = signedWord(row),
                                   .apiWord = row.isSigned ? u"yes"_s : u"no"_s,
                                   .state = signedKind(row)};
             }},
        {.key = u"nodes"_s,
         //: column title: how many nodes run this version
         .title = [] { return tr("Nodes on it"); },
         .cell
         = [](const Row &row,
              Instant) { return TableCell {.text = QLocale().toString(row.nodes), .sortKey = row.nodes}; },
         .type = FilterType::Number},
        {.key = u"behind"_s,
         //: column title: how many nodes run a lower version
         .title = [] { return tr("Behind"); },
         .cell =
             [](const Row &row, Instant) {
                 if (!row.newer.isEmpty())
                     return TableCell {
                         .text = u"\u2013"_s,
                         .sortKey = -1,
                         .toolTip = tr("%1 is published for the same machines.").arg(visibleText(row.newer))};
                 return TableCell {.text = QLocale().toString(row.behind), .sortKey = row.behind};
             },
         .type = FilterType::Number},
        {.key = u"added"_s,
         //: column title: when a build was published
         .title = [] { return tr("Published"); },
         .cell = [](const Row &row, Instant now) { return ageCell(row.added, now); },
         .ages = true,
         .type = FilterType::Time},
        {.key = u"by"_s,
         //: column title: who published a build
         .title = [] { return tr("By"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = visibleText(row.addedBy)}; }},
        {.key = u"sha256"_s,
         .title = [] { return u"SHA-256"_s; },
         .cell = [](const Row &row, Instant) { return TableCell {.text = visibleText(row.sha256)}; }}};
}

QList<QPair<QString, QString>> AgentBuildTable::facts(const AgentBuildRow &row, Instant now)
{
    QList<QPair<QString, QString>> facts;
    facts.append({tr("Size"), tr("%1 (%L2 bytes)").arg(sizeText(row.size)).arg(row.size)});
    facts.append({tr("Signed"),
                  row.isSigned
                      ? tr("By the release key.")
                      : tr("By an earlier release key. Nodes registered since then do not accept it.")});
    facts.append({tr("Nodes on it"), tr("%n node(s)", nullptr, row.nodes)});
    facts.append({tr("Behind"),
                  row.newer.isEmpty()
                      ? tr("%n node(s)", nullptr, row.behind)
                      : tr("%1 is published for the same machines.").arg(visibleText(row.newer))});
    facts.append(
        {tr("Published"), tr("%1, by %2").arg(RelativeTime::ago(row.added, now), visibleText(row.addedBy))});
    return facts;
}

}

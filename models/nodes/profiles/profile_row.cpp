#include "models/nodes/profiles/profile_row.h"

#include "models/table/age_cell.h"
#include "models/table/visible_text.h"

namespace fb {

using namespace Qt::StringLiterals;

QString ProfileTable::denies(const ProfileRow &row)
{
    const QStringList all = row.deniedPlugins + row.deniedTools;
    //: what a node profile denies
    return all.isEmpty() ? tr("nothing") : visibleText(all.join(u", "_s));
}

QString ProfileTable::levelWord(const QString &logLevel)
{
    if (logLevel == u"debug")
        //: how much an agent logs
        return tr("Everything (debug)");
    if (logLevel == u"warning")
        //: how much an agent logs
        return tr("Warnings and errors");
    if (logLevel == u"error")
        //: how much an agent logs
        return tr("Errors");
    //: how much an agent logs
    return tr("Information (info)");
}

QList<TableColumn<ProfileRow>> ProfileTable::columns()
{
    using Row = ProfileRow;
    return {
        {.key = u"name"_s,
         //: column title
         .title = [] { return tr("Profile"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = visibleText(row.name)}; }},
        {.key = u"newnodes"_s,
         //: column title: whether new nodes get this profile
         .title = [] { return tr("New nodes"); },
         .cell =
             [](const Row &row, Instant) {
                 return row.isForNewNodes
                     ? TableCell {.text = tr("get it"), .apiWord = u"yes"_s, .state = StateKind::Preferred}
                     : TableCell {.text = u"\u2013"_s, .apiWord = u"no"_s};
             }},
        {.key = u"nodes"_s,
         //: column title: how many nodes have this profile
         .title = [] { return tr("Nodes"); },
         .cell
         = [](const Row &row,
              Instant) { return TableCell {.text = QString::number(row.nodes), .sortKey = row.nodes}; }},
        {.key = u"denies"_s,
         //: column title: which plugins and tools a profile denies
         .title = [] { return tr("Denies"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = denies(row)}; }},
        {.key = u"description"_s,
         //: column title
         .title = [] { return tr("Description"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = visibleText(row.description)}; }},
        {.key = u"changed"_s,
         //: column title: when a profile was changed last
         .title = [] { return tr("Changed"); },
         .cell =
             [](const Row &row, Instant now) {
                 return toMicros(row.changed) > 0 ? ageCell(row.changed, now)
                                                  : TableCell {.text = u"\u2013"_s};
             },
         .ages = true,
         .type = FilterType::Time}};
}

QList<QPair<QString, QString>> ProfileTable::facts(const ProfileRow &row, Instant now)
{
    const auto list = [](const QStringList &names) {
        //: no plugin, no tool is denied
        return names.isEmpty() ? tr("none") : visibleLines(names.join(u"\n"_s));
    };
    QList<QPair<QString, QString>> facts;
    if (!row.description.isEmpty())
        facts.append({tr("Description"), visibleText(row.description)});
    facts.append({tr("Nodes"), QString::number(row.nodes)});
    facts.append({tr("New nodes"),
                  row.isForNewNodes
                      ? tr("Every node that joins with an activation of the profile Default gets this one.")
                      : tr("Only where their activation names it.")});
    facts.append({tr("Denied plugins"), list(row.deniedPlugins)});
    facts.append({tr("Denied tools"), list(row.deniedTools)});
    facts.append({tr("Reports every"), RelativeTime::duration(std::chrono::seconds(row.reportInterval))});
    facts.append({tr("Measures every"), RelativeTime::duration(std::chrono::seconds(row.metricsInterval))});
    facts.append({tr("Logs"), levelWord(row.logLevel)});
    facts.append({tr("Update channel"), visibleText(row.updateChannel)});
    if (!row.proxy.isEmpty())
        facts.append({tr("Proxy"), visibleText(row.proxy)});
    if (toMicros(row.changed) > 0)
        facts.append({tr("Changed"),
                      tr("%1, by %2").arg(RelativeTime::ago(row.changed, now), visibleText(row.changedBy))});
    return facts;
}

}

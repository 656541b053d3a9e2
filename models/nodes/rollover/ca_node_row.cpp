#include "models/nodes/rollover/ca_node_row.h"

#include "models/table/visible_text.h"

#include <QLocale>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr std::chrono::hours kSoon {24 * 182};

    QString linkWord(const CaNodeRow &row)
    {
        return row.connected ? CaNodeTable::tr("Connected") : CaNodeTable::tr("Not connected");
    }

    QString trustWord(const CaNodeRow &row)
    {
        if (row.trusts)
            return CaNodeTable::tr("Confirmed");
        return row.refusal.isEmpty() ? CaNodeTable::tr("Not confirmed") : CaNodeTable::tr("Refused");
    }

    StateKind trustKind(const CaNodeRow &row)
    {
        if (row.trusts)
            return StateKind::Success;
        return row.refusal.isEmpty() ? StateKind::Waiting : StateKind::Failed;
    }

    QString certificateWord(const CaNodeRow &row)
    {
        //: by which CA a node's certificate is signed
        return row.renewed ? CaNodeTable::tr("Of the next CA") : CaNodeTable::tr("Of the present CA");
    }
}

bool ShownFleetCa::endsSoon(Instant now) const { return toMicros(notAfter) > 0 && notAfter - now < kSoon; }

QString ShownFleetCa::progress() const
{
    const QLocale locale;
    switch (phase) {
    case Phase::Stable:
        return {};
    case Phase::Published:
        return tr("Step 1 of 3: the next CA is published. %1 of %2 nodes have confirmed it.")
            .arg(locale.toString(trusting), locale.toString(nodes));
    case Phase::Issuing:
        return tr("Step 2 of 3: certificates come from the next CA. %1 of %2 nodes have renewed theirs.")
            .arg(locale.toString(renewed), locale.toString(nodes));
    }
    return {};
}

QString CaNodeTable::title(const CaNodeRow &row)
{
    return visibleText(row.name.isEmpty() ? row.id : row.name);
}

// What the node still lacks.
QString CaNodeTable::stateWord(const CaNodeRow &row)
{
    return row.trusts ? tr("Waits for its certificate") : trustWord(row);
}

StateKind CaNodeTable::stateKind(const CaNodeRow &row)
{
    return row.trusts ? StateKind::Waiting : trustKind(row);
}

QList<TableColumn<CaNodeRow>> CaNodeTable::columns()
{
    using Row = CaNodeRow;
    return {
        {.key = u"name"_s,
         //: column title
         .title = [] { return tr("Node"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = title(row)}; }},
        {.key = u"link"_s,
         //: column title: whether a node is connected
         .title = [] { return tr("Connection"); },
         .cell =
             [](const Row &row, Instant) {
                 return TableCell {.text = linkWord(row),
                                   .apiWord = row.connected ? u"connected"_s : u"away"_s,
                                   .state = row.connected ? StateKind::Success : StateKind::ConnectionLost};
             }},
        {.key = u"trust"_s,
         //: column title: whether a node has confirmed the next CA
         .title = [] { return tr("Next CA"); },
         .cell =
             [](const Row &row, Instant) {
                 return TableCell {.text = trustWord(row),
                                   .apiWord = row.trusts ? u"yes"_s : u"no"_s,
                                   .state = trustKind(row)};
             }},
        {.key = u"certificate"_s,
         //: column title: by which CA a node's certificate is signed
         .title = [] { return tr("Certificate"); },
         .cell =
             [](const Row &row, Instant) {
                 return TableCell {.text = certificateWord(row),
                                   .apiWord = row.renewed ? u"next"_s : u"present"_s};
             }},
        {.key = u"why"_s,
         //: column title: why a node has refused something, in its own words
         .title = [] { return tr("The node says"); },
         .cell =
             [](const Row &row, Instant) {
                 return TableCell {.text = row.refusal.isEmpty() ? u"\u2013"_s : visibleText(row.refusal)};
             }},
        {.key = u"id"_s,
         //: column title
         .title = [] { return tr("Node ID"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = visibleText(row.id)}; }}};
}

QList<QPair<QString, QString>> CaNodeTable::facts(const CaNodeRow &row)
{
    QList<QPair<QString, QString>> facts {{tr("Connection"), linkWord(row)},
                                          {tr("Next CA"), trustWord(row)},
                                          {tr("Certificate"), certificateWord(row)}};
    if (!row.refusal.isEmpty())
        facts.append({tr("The node says"), visibleText(row.refusal)});
    //: label of a sentence that says what an operator can do
    facts.append({tr("What to do"),
                  !row.connected
                      ? tr("It is told when it connects again. If it will not come back, deregister it.")
                      : !row.trusts && !row.refusal.isEmpty()
                      ? tr("Mend what it says. It is told again every ten minutes.")
                      : row.trusts ? tr("It renews its certificate within the next hour.")
                                   : tr("It is told every ten minutes. An agent that is too old does not "
                                        "answer: update it.")});
    return facts;
}

}

// A key press in the filter of the fleet table, 100,000 rows.

#include "models/nodes/fleet/node_table_model.h"
#include "tests/bench/measurements.h"
#include "tests/bench/models/stock_proxy.h"
#include "tests/bench/process_figures.h"

#include <algorithm>

namespace fb::bench {

namespace {
    constexpr int kRows = 100'000;

    QList<NodeRow> nodesOf(const QList<QStringList> &rows)
    {
        QList<NodeRow> nodes;
        nodes.reserve(rows.size());
        for (const QStringList &texts : rows) {
            NodeRow node;
            node.name = texts[0];
            node.id = texts[1];
            node.ping = texts[2] == QStringLiteral("Online") ? PingState::Online : PingState::ConnectionLost;
            node.platform = texts[3];
            node.agentVersion = texts[4];
            node.address = texts[5];
            node.tags = texts[6].split(QStringLiteral(", "));
            node.lastPing = fromMicros(1'764'000'000'000'000);
            node.registered = fromMicros(1'763'000'000'000'000);
            nodes.append(node);
        }
        return nodes;
    }

    QList<double> ourKeystrokesMs(NodeTableModel &model, const QStringList &texts)
    {
        QList<double> times;
        for (const QString &text : texts) {
            TableQuery query;
            query.text = text;
            const auto begin = threadCpu();
            model.setQuery(query);
            model.rowCount();
            times.append(milliseconds(threadCpu() - begin));
        }
        return times;
    }

    double medianOf(const QList<double> &values) { return median({values.begin(), values.end()}); }
}

Figures measureFilter()
{
    const QList<QStringList> rows = fleetRows(kRows);
    const QStringList texts = typedTexts();
    NodeTableModel model;
    model.setNow(fromMicros(1'764'000'060'000'000));
    model.applyNodes(nodesOf(rows));
    double worst = 0;
    double worstStock = 0;
    const auto ours = [&] {
        const QList<double> times = ourKeystrokesMs(model, texts);
        worst = std::max(worst, *std::max_element(times.begin(), times.end()));
        return medianOf(times);
    };
    const auto stock = [&] {
        const QList<double> times = stockProxyKeystrokesMs(rows, texts);
        worstStock = std::max(worstStock, *std::max_element(times.begin(), times.end()));
        return medianOf(times);
    };
    const Pair pair = alternately(3, ours, stock);
    return std::vector<Figure> {
        {.name = "filter: key press, median",
         .value = pair.ours,
         .unit = "ms",
         .budget = 12,
         .yardstick = Yardstick {"QSortFilterProxyModel", pair.yardstick, 235},
         .note = "100,000 nodes, all columns"},
        {.name = "filter: key press, worst",
         .value = worst,
         .unit = "ms",
         .budget = 22,
         .yardstick = Yardstick {"QSortFilterProxyModel", worstStock, 6700},
         .note = "among all that was typed"},
    };
}

}

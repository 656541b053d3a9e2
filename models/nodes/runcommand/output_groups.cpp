#include "models/nodes/runcommand/output_groups.h"

#include <QCryptographicHash>

#include <algorithm>

namespace fb {

QList<OutputGroup> groupOutputs(const std::vector<InvocationRow> &invocations,
                                const std::function<OutputOf(const QString &nodeId)> &outputOf)
{
    QList<OutputGroup> groups;
    QHash<QByteArray, int> placeOf;
    for (const InvocationRow &row : invocations) {
        if (!RunWords::isOver(row.details))
            continue;
        const OutputOf output = outputOf(row.nodeId);
        QCryptographicHash hash(QCryptographicHash::Sha256);
        hash.addData(row.details.toUtf8());
        hash.addData(QByteArray::number(row.responseCode));
        hash.addData(output.text.toUtf8());
        const QByteArray key = hash.result();
        auto place = placeOf.find(key);
        if (place == placeOf.end()) {
            place = placeOf.insert(key, static_cast<int>(groups.size()));
            groups.append({QString::fromLatin1(key.toHex()),
                           RunWords::kind(row.details),
                           row.details,
                           row.responseCode,
                           output.onlyErrors,
                           {},
                           output.text,
                           0});
        }
        groups[*place].nodeIds << row.nodeId;
    }
    std::stable_sort(groups.begin(), groups.end(), [](const OutputGroup &a, const OutputGroup &b) {
        return a.nodeIds.size() > b.nodeIds.size();
    });
    for (qsizetype i = 1; i < groups.size(); ++i) {
        const QList<DiffLine> lines = diffLines(groups.first().text, groups[i].text);
        groups[i].linesThatDiffer = changesIn(lines);
    }
    return groups;
}

}

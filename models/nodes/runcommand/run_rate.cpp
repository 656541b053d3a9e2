#include "models/nodes/runcommand/run_rate.h"

#include <QRegularExpression>

namespace fb {

namespace {

    struct Rate {
        qint64 number = 0;
        bool isPercent = false;
    };

    std::optional<Rate> read(const QString &text)
    {
        static const QRegularExpression kRate(
            QStringLiteral("\\A(?:[1-9][0-9]{0,6}|(?:100|[1-9]?[0-9])%|0)\\z"));
        if (!kRate.match(text).hasMatch())
            return std::nullopt;
        const bool percent = text.endsWith(u'%');
        return Rate {(percent ? text.chopped(1) : text).toLongLong(), percent};
    }
}

std::optional<int> RunRate::atOnce(const QString &maxConcurrency, int nodes)
{
    const auto rate = read(maxConcurrency);
    if (!rate || rate->number == 0)
        return std::nullopt;
    return static_cast<int>(rate->isPercent ? qMax<qint64>(1, (nodes * rate->number + 99) / 100)
                                            : rate->number);
}

std::optional<int> RunRate::errorsAllowed(const QString &maxErrors, int nodes)
{
    const auto rate = read(maxErrors);
    if (!rate)
        return std::nullopt;
    return static_cast<int>(rate->isPercent ? nodes * rate->number / 100 : rate->number);
}

QString RunRate::inWords(const QString &maxConcurrency, const QString &maxErrors, int nodes)
{
    const auto together = atOnce(maxConcurrency, nodes);
    const auto allowed = errorsAllowed(maxErrors, nodes);
    if (!together || !allowed || nodes < 2)
        return {};
    const int count = qMin(*together, nodes);
    if (*allowed >= nodes)
        return tr("%n at a time; errors do not stop it.", nullptr, count);
    return tr("%n at a time; the first ones slower. It stops at error %1.", nullptr, count).arg(*allowed + 1);
}

QString RunRate::lateWarning(const QString &maxConcurrency, int nodes, std::chrono::seconds timeout,
                             std::chrono::seconds execution)
{
    const auto together = atOnce(maxConcurrency, nodes);
    if (!together || nodes < 1)
        return {};
    const qint64 batches = (nodes + *together - 1) / *together;
    const qint64 needed = (batches - 1) * execution.count();
    if (needed <= timeout.count())
        return {};
    return tr("If each node takes the longest time allowed, the last ones never start. Allow %1 minutes, or "
              "more nodes at once.")
        .arg(needed / 60 + 1);
}

}

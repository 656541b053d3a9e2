#include "tests/bench/models/stock_proxy.h"

#include "tests/bench/process_figures.h"

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>

namespace fb::bench {

namespace {
    class RowsModel : public QAbstractTableModel
    {
    public:
        explicit RowsModel(const QList<QStringList> &rows) : m_rows(rows) { }
        int rowCount(const QModelIndex &parent = {}) const override
        {
            return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
        }
        int columnCount(const QModelIndex &parent = {}) const override
        {
            return parent.isValid() ? 0 : static_cast<int>(m_rows.first().size());
        }
        QVariant data(const QModelIndex &index, int role) const override
        {
            return role == Qt::DisplayRole ? QVariant(m_rows[index.row()][index.column()]) : QVariant();
        }

    private:
        const QList<QStringList> &m_rows;
    };
}

QList<double> stockProxyKeystrokesMs(const QList<QStringList> &rows, const QStringList &filterTexts)
{
    RowsModel model(rows);
    QSortFilterProxyModel proxy;
    proxy.setSourceModel(&model);
    proxy.setFilterKeyColumn(-1);
    proxy.setFilterCaseSensitivity(Qt::CaseInsensitive);
    proxy.rowCount();
    QList<double> times;
    for (const QString &text : filterTexts) {
        const auto begin = threadCpu();
        proxy.setFilterFixedString(text);
        proxy.rowCount();
        times.append(milliseconds(threadCpu() - begin));
    }
    return times;
}

QList<QStringList> fleetRows(int count)
{
    const QStringList roles {QStringLiteral("web"), QStringLiteral("db"), QStringLiteral("cache"),
                             QStringLiteral("worker"), QStringLiteral("build")};
    const QStringList platforms {QStringLiteral("Debian GNU/Linux 12"), QStringLiteral("Ubuntu 22.04.3 LTS"),
                                 QStringLiteral("Rocky Linux 9.2")};
    QList<QStringList> rows;
    rows.reserve(count);
    for (int i = 0; i < count; ++i) {
        const QString &role = roles[i % roles.size()];
        rows.append({QStringLiteral("%1-%2.prod.example").arg(role).arg(i, 5, 10, QLatin1Char('0')),
                     QStringLiteral("mi-%1").arg(quint64(i) * 0x9e3779b97f4a7c15ULL % 0xfffffffffffffffULL,
                                                 17, 16, QLatin1Char('0')),
                     i % 50 == 0 ? QStringLiteral("Connection lost") : QStringLiteral("Online"),
                     platforms[i % platforms.size()], QStringLiteral("0.1.%1").arg(i % 4),
                     QStringLiteral("10.%1.%2.%3").arg(i / 65536).arg(i / 256 % 256).arg(i % 256),
                     QStringLiteral("Env=prod, Role=%1").arg(role), QStringLiteral("x86_64"),
                     QStringLiteral("2026-11-%1 10:42").arg(i % 28 + 1, 2, 10, QLatin1Char('0')),
                     QStringLiteral("Default")});
    }
    return rows;
}

QStringList typedTexts()
{
    QStringList texts;
    for (const QString &word : {QStringLiteral("web-0012"), QStringLiteral("rocky"), QStringLiteral("lost"),
                                QStringLiteral("10.1.20")}) {
        for (qsizetype length = 1; length <= word.size(); ++length)
            texts.append(word.left(length));
        texts.append(QString());
    }
    return texts;
}

}

#include "ui/shell/layout_keeper.h"

#include "models/settings/console_settings.h"
#include "ui/widgets/data_table.h"

#include <QScopedValueRollback>
#include <QSplitter>

namespace fb {

using namespace Qt::StringLiterals;

LayoutKeeper::LayoutKeeper(ConsoleSettings &settings, QObject *parent) : QObject(parent), m_settings(settings)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(std::chrono::milliseconds(400)); // a splitter on its way tells of each pixel
    connect(&m_soon, &QTimer::timeout, this, &LayoutKeeper::keepNow);
    connect(&settings, &ConsoleSettings::layoutReset, this, [this] {
        m_soon.stop();
        m_touched.clear();
    });
}

void LayoutKeeper::take(const QString &pageName, QWidget *page)
{
    const QList<QSplitter *> splitters = page->findChildren<QSplitter *>();
    for (qsizetype i = 0; i < splitters.size(); ++i) {
        QSplitter *splitter = splitters[i];
        const QString name = u"%1/splitter%2"_s.arg(pageName).arg(i);
        takePart(name, [splitter](const QByteArray &state) { splitter->restoreState(state); });
        connect(splitter, &QSplitter::splitterMoved, this, [this, name, splitter] {
            touched(name, {splitter, [splitter] { return splitter->saveState(); }});
        });
    }
    const QList<DataTable *> tables = page->findChildren<DataTable *>();
    for (DataTable *table : tables) {
        const QString name = u"%1/%2"_s.arg(pageName, table->objectName());
        takePart(name, [table](const QByteArray &state) { table->restoreColumns(state); });
        connect(table, &DataTable::columnsChanged, this, [this, name, table] {
            touched(name, {table, [table] { return table->saveColumns(); }});
        });
    }
}

void LayoutKeeper::takePart(const QString &name, const std::function<void(const QByteArray &)> &restore)
{
    const QScopedValueRollback restoring(m_restoring, true);
    const QByteArray kept = m_settings.layout(name);
    if (!kept.isEmpty())
        restore(kept);
}

void LayoutKeeper::touched(const QString &name, const Part &part)
{
    if (m_restoring)
        return;
    m_touched.insert(name, part);
    m_soon.start();
}

void LayoutKeeper::keepNow()
{
    m_soon.stop();
    const auto touched = std::exchange(m_touched, {});
    for (auto part = touched.cbegin(); part != touched.cend(); ++part) {
        if (part->widget)
            m_settings.setLayout(part.key(), part->save());
    }
}

}

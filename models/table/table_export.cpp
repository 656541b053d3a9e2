#include "models/table/table_export.h"

#include "models/table/cell_roles.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr qsizetype kRowsAtOnce = 500; // a few milliseconds
}

TableExport::TableExport(const LiveTableModel &table, const Wish &wish, OlderRows *older, QObject *parent)
    : QObject(parent),
      m_table(&table),
      m_older(older),
      m_query(table.query()),
      m_wish(wish),
      m_text(wish.form, table, wish.columns, ExportRole),
      m_out(wish.file)
{
    m_soon.setSingleShot(true);
    connect(&m_soon, &QTimer::timeout, this, &TableExport::writeSome);
}

void TableExport::start()
{
    if (!m_older || !(m_older->hasAny() || m_older->isReading()))
        return begin();
    m_isReading = true;
    connect(m_older, &OlderRows::changed, this, &TableExport::progressed);
    connect(m_older, &OlderRows::readingAllEnded, this, [this](bool isWhole) {
        m_isReading = false;
        m_older->disconnect(this);
        if (isWhole && m_table && m_table->query() == m_query)
            return begin();
        m_problem = isWhole ? tr("The filter was changed while older rows were being read.")
                            : tr("Older rows could not be read completely.");
        emit finished(false);
    });
    m_older->readAll(this);
}

void TableExport::begin()
{
    if (!m_table)
        return cancel();
    m_isCut = m_older && m_older->isCut();
    m_ids.reserve(m_table->rowCount());
    for (int row = 0; row < m_table->rowCount(); ++row)
        m_ids << m_table->idAt(row);
    if (!m_out.open(QIODevice::WriteOnly)
        || !put((m_wish.byteOrderMark ? u"\ufeff"_s : QString()) + m_text.head()))
        return fail();
    m_soon.start(0);
}

bool TableExport::put(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    return m_out.write(bytes) == bytes.size();
}

void TableExport::writeSome()
{
    if (!m_table)
        return cancel();
    const qsizetype end = qMin(m_next + kRowsAtOnce, m_ids.size());
    QString some;
    for (; m_next < end; ++m_next) {
        const QModelIndex index = m_table->indexOf(m_ids[m_next]);
        if (!index.isValid())
            continue;
        some += m_text.row(index.row(), m_isFirst);
        m_isFirst = false;
    }
    const bool last = m_next == m_ids.size();
    if (!put(last ? some + m_text.tail() : some) || (last && !m_out.commit()))
        return fail();
    emit progressed();
    if (last)
        emit finished(true);
    else
        m_soon.start(0);
}

void TableExport::cancel()
{
    if (m_older && std::exchange(m_isReading, false)) {
        m_older->disconnect(this);
        m_older->stop(this);
    }
    m_soon.stop();
    m_out.cancelWriting();
    emit finished(false);
}

void TableExport::fail()
{
    m_problem = tr("%1 cannot be written: %2").arg(m_wish.file, m_out.errorString());
    cancel();
}

}

#include "models/nodes/tools/journal_export.h"

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr int kPage = 200; // with all fields
}

JournalExport::JournalExport(JournalSource &source, const QList<From> &nodes, const JournalFilter &filter,
                             const QString &file, Form form, QObject *parent)
    : QObject(parent),
      m_source(source),
      m_filter(filter),
      m_out(file),
      m_form(form)
{
    for (const From &from : nodes)
        m_nodes.push_back({.from = from, .entries = {}, .oldest = {}});
}

void JournalExport::start()
{
    if (!m_out.open(QIODevice::WriteOnly))
        return fail(tr("%1 cannot be written: %2").arg(m_out.fileName(), m_out.errorString()));
    for (size_t i = 0; i < m_nodes.size(); ++i)
        ask(i);
    if (m_nodes.empty())
        writeSome();
}

void JournalExport::ask(size_t number)
{
    Stream &stream = m_nodes[number];
    stream.isAsking = true;
    m_source.query(
        stream.from.nodeId,
        {.filter = m_nodes.size() > 1 ? stream.from.clock.asTheirs(m_filter) : m_filter,
         .before = stream.oldest,
         .most = kPage,
         .isWhole = true},
        this, [this, number](const ShownError &problem, const JournalBatch &page) {
            Stream &told = m_nodes[number];
            told.isAsking = false;
            if (m_isOver)
                return;
            if (!problem.isEmpty())
                return fail(
                    tr("The journal of %1 could not be read: %2").arg(told.from.name, problem.words()));
            told.hasMore = page.hasMore && !page.entries.isEmpty();
            m_isCut = m_isCut || (page.isLate && !told.hasMore);
            if (!page.entries.isEmpty())
                told.oldest = page.entries.last().cursor;
            told.entries.insert(told.entries.end(), page.entries.begin(), page.entries.end());
            writeSome();
        });
}

void JournalExport::writeSome()
{
    const auto isKnown = [](const Stream &stream) { return !stream.entries.empty() || !stream.hasMore; };
    while (std::all_of(m_nodes.begin(), m_nodes.end(), isKnown)) {
        Stream *newest = nullptr;
        Instant at {};
        for (Stream &stream : m_nodes) {
            if (stream.entries.empty())
                continue;
            const Instant time = m_nodes.size() > 1
                ? stream.from.clock.corrected(stream.entries.front().stamp)
                : stream.entries.front().stamp;
            if (!newest || time > at) {
                newest = &stream;
                at = time;
            }
        }
        const bool isFull = newest && m_written == kMostEntries;
        m_isCut = m_isCut || isFull;
        if (!newest || isFull) {
            m_isOver = true;
            if (!m_out.commit())
                return fail(tr("%1 cannot be written: %2").arg(m_out.fileName(), m_out.errorString()));
            emit finished(true);
            return;
        }
        if (!write(*newest, newest->entries.front()))
            return fail(tr("%1 cannot be written: %2").arg(m_out.fileName(), m_out.errorString()));
        newest->entries.pop_front();
        ++m_written;
    }
    for (size_t i = 0; i < m_nodes.size(); ++i) {
        if (!isKnown(m_nodes[i]) && !m_nodes[i].isAsking)
            ask(i);
    }
    emit progressed();
}

bool JournalExport::write(const Stream &stream, const JournalEntry &entry)
{
    QByteArray line = m_form == Form::JsonLines ? entry.json() : entry.line();
    if (m_form == Form::Text && m_nodes.size() > 1)
        line = stream.from.name.toUtf8() + ": " + line;
    if (m_form == Form::JsonLines && m_nodes.size() > 1)
        line.insert(1, "\"__FLAGBRIDGE_NODE\":\"" + stream.from.nodeId.toUtf8() + "\",");
    line += '\n';
    return m_out.write(line) == line.size();
}

void JournalExport::cancel()
{
    if (std::exchange(m_isOver, true))
        return;
    m_out.cancelWriting();
    emit finished(false);
}

void JournalExport::fail(const QString &why)
{
    m_problem = why;
    m_isOver = true;
    m_out.cancelWriting();
    emit finished(false);
}

}

#include "models/nodes/tools/file_tail.h"

namespace fb {

FileTailModel::FileTailModel(FileSource &source, const QString &nodeId, const QByteArray &path,
                             QObject *parent)
    : QObject(parent),
      m_source(source),
      m_nodeId(nodeId),
      m_path(path)
{
    m_pace.setSingleShot(true);
    m_pace.setInterval(kPace);
    m_pace.callOnTimeout(this, &FileTailModel::ask);
    ask();
}

void FileTailModel::ask()
{
    if (m_isPaused || std::exchange(m_isAsking, true))
        return;
    m_source.tail(m_nodeId, m_path, !m_isFirst, this,
                  [this](const ShownError &problem, const FileTailed &tailed) {
                      m_isAsking = false;
                      const bool isOther = problem.code != m_problem.code;
                      m_problem = problem;
                      if (problem.isEmpty()) {
                          m_isFirst = false;
                          take(tailed);
                      }
                      if (isOther)
                          emit problemChanged();
                      m_pace.start();
                  });
}

void FileTailModel::take(const FileTailed &tailed)
{
    QStringList fresh;
    if (tailed.happened == u"rotated")
        fresh << tr("--- The file was replaced; this is the new one ---");
    else if (tailed.happened == u"truncated")
        fresh << tr("--- The file was emptied ---");
    else if (tailed.happened == u"gone")
        fresh << tr("--- The file no longer exists ---");
    fresh << tailed.lines;
    if (tailed.dropped > 0)
        fresh << tr("--- %n line(s) dropped: they arrive too fast ---", nullptr,
                    static_cast<int>(tailed.dropped));
    if (fresh.isEmpty())
        return;
    m_lines << fresh;
    if (m_lines.size() > kMost)
        m_lines.remove(0, m_lines.size() - kMost);
    if (!m_filter.isEmpty())
        fresh = fresh.filter(m_filter, Qt::CaseInsensitive);
    if (!fresh.isEmpty())
        emit appended(fresh);
}

QStringList FileTailModel::lines() const
{
    return m_filter.isEmpty() ? m_lines : m_lines.filter(m_filter, Qt::CaseInsensitive);
}

void FileTailModel::setPaused(bool paused)
{
    m_isPaused = paused;
    if (!paused)
        ask();
}

void FileTailModel::setFilter(const QString &text)
{
    m_filter = text;
    emit reset();
}

}

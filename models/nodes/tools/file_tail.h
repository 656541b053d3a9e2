#pragma once
// The end of a file as it grows: its last ten lines, then each as it comes; through rotation and truncation, with a line that says so. Ui thread.

#include "models/nodes/tools/file_source.h"

#include <QObject>
#include <QTimer>

namespace fb {

class FileTailModel : public QObject
{
    Q_OBJECT
public:
    static constexpr std::chrono::milliseconds kPace {500}; // an added line is there within a second
    static constexpr qsizetype kMost = 20'000; // lines kept; the oldest go first

    FileTailModel(FileSource &source, const QString &nodeId, const QByteArray &path,
                  QObject *parent = nullptr);

    const QByteArray &path() const { return m_path; }
    QStringList lines() const; // that hold the filter
    void setPaused(bool paused); // what comes meanwhile waits on the node
    bool isPaused() const { return m_isPaused; }
    void setFilter(const QString &text);
    const ShownError &problem() const { return m_problem; }

signals:
    void appended(const QStringList &lines); // that hold the filter
    void reset(); // ask lines()
    void problemChanged();

private:
    void ask();
    void take(const FileTailed &tailed);

    FileSource &m_source;
    QString m_nodeId;
    QByteArray m_path;
    QStringList m_lines;
    QString m_filter;
    ShownError m_problem;
    QTimer m_pace;
    bool m_isFirst = true;
    bool m_isPaused = false;
    bool m_isAsking = false;
};

}

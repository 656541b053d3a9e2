#pragma once
// A Terminal on the TerminalThread: takes bytes and wishes in order, parses in turns of at most 4 ms, and hands over one frame at a time,
// the next one only when the last was taken; so a flood costs what can be shown and no more. post() and write() from any thread, signals
// on the TerminalThread.

#include "backend/terminal/terminal.h"
#include "models/terminal/frame_builder.h"
#include "models/terminal/terminal_search.h"

#include <QByteArray>
#include <QElapsedTimer>
#include <QMutex>
#include <QObject>
#include <QTimer>

#include <deque>
#include <functional>
#include <optional>
#include <variant>

namespace fb {

class TerminalWorker : public QObject
{
    Q_OBJECT
public:
    using Task = std::function<void(TerminalWorker &)>;
    using LongTask = std::function<bool(TerminalWorker &)>; // a piece; true: there is more

    TerminalWorker(TerminalSize size, TerminalOptions options);

    // ---- Any thread
    void write(const QByteArray &bytes);
    void post(Task task); // after the bytes that were written before it
    void postLong(LongTask task); // the same; what comes after it waits, other terminals do not
    std::shared_ptr<const TerminalFrame> takeFrame(); // the newest; none: there is no news
    qint64 takeConsumed(); // bytes that were parsed since the last call
    TerminalNews takeNews(); // what happened since the last call; a frame follows whenever there are any

    // ---- TerminalThread, from tasks
    Terminal &terminal() { return *m_terminal; }
    void restart(TerminalSize size); // an empty one
    void resize(TerminalSize size);
    void setCellPixels(int width, int height);
    void scrollTo(RowNumber top); // negative: follow
    void reveal(RowNumber row); // scrolls only when it is out of the view
    TerminalSearch &search() { return m_search; }
    void changed() { m_isDirty = true; }

signals:
    void frameReady();
    void consumed(); // a good part; the rest is there when a frame is
    void replied(const QByteArray &bytes);
    void answered(const std::function<void()> &answer); // from tasks: to be called where it was asked
    void searchChanged(const fb::SearchState &state);

private:
    using Item = std::variant<QByteArray, Task, LongTask>;

    void put(Item item);
    void wake();
    void turn();
    void tellNews();
    void tellConsumed(qint64 parsed);
    void offerFrame();
    bool mayAnswer(qsizetype bytes);

    TerminalOptions m_options;
    std::unique_ptr<Terminal> m_terminal;
    FrameBuilder m_builder;
    TerminalSearch m_search;
    QTimer m_holdTimer; // synchronised output, which is not waited for longer than this
    QElapsedTimer m_clock;
    RowNumber m_top = -1;
    quint64 m_layout = 1;
    SearchState m_toldSearch;
    bool m_isDirty = true;
    qint64 m_answerCredit = 0;
    qint64 m_answeredAt = 0;

    QMutex m_mutex;
    std::deque<Item> m_items; // under m_mutex, as all below
    qsizetype m_taken = 0; // of the bytes at the front
    bool m_isAwake = false;
    std::shared_ptr<const TerminalFrame> m_frame;
    qint64 m_consumed = 0;
    TerminalNews m_news;
};

}

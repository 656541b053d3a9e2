#include "models/terminal/terminal_worker.h"

#include <QMutexLocker>

namespace fb {

using namespace std::chrono_literals;

namespace {
    constexpr qint64 kTurnMs = 4;
    constexpr qsizetype kPieceBytes = 64 * 1024;
    constexpr qint64 kConsumedAtOnce = 64 * 1024;
    constexpr auto kHoldLongest = 150ms;
    constexpr qint64 kAnswersPerSecond = 16 * 1024; // bytes
}

TerminalWorker::TerminalWorker(TerminalSize size, TerminalOptions options)
    : m_options(std::move(options)),
      m_terminal(std::make_unique<Terminal>(size, m_options)),
      m_holdTimer(this)
{
    m_clock.start();
    m_answerCredit = kAnswersPerSecond;
    m_holdTimer.setSingleShot(true);
    m_holdTimer.setInterval(kHoldLongest);
    connect(&m_holdTimer, &QTimer::timeout, this, [this] {
        m_terminal->endSynchronizedOutput();
        offerFrame();
    });
}

void TerminalWorker::put(Item item)
{
    const QMutexLocker lock(&m_mutex);
    m_items.push_back(std::move(item));
    wake();
}

void TerminalWorker::write(const QByteArray &bytes) { put(bytes); }

void TerminalWorker::post(Task task) { put(std::move(task)); }

void TerminalWorker::postLong(LongTask task) { put(std::move(task)); }

void TerminalWorker::wake()
{
    if (!std::exchange(m_isAwake, true))
        QMetaObject::invokeMethod(this, &TerminalWorker::turn, Qt::QueuedConnection);
}

void TerminalWorker::turn()
{
    const qint64 begin = m_clock.elapsed();
    qint64 parsed = 0;
    bool hasMore = true;
    while (hasMore && m_clock.elapsed() - begin < kTurnMs) {
        Item item;
        {
            const QMutexLocker lock(&m_mutex);
            if (m_items.empty()) {
                m_isAwake = false;
                hasMore = false;
                break;
            }
            const auto *bytes = std::get_if<QByteArray>(&m_items.front());
            if (bytes != nullptr && bytes->size() - m_taken > kPieceBytes) {
                item = bytes->mid(m_taken, kPieceBytes);
                m_taken += kPieceBytes;
            } else if (m_taken > 0) {
                item = bytes->mid(m_taken);
                m_taken = 0;
                m_items.pop_front();
            } else {
                item = std::move(m_items.front());
                m_items.pop_front();
            }
        }
        if (const auto *bytes = std::get_if<QByteArray>(&item)) {
            m_terminal->write({bytes->constData(), size_t(bytes->size())});
            parsed += bytes->size();
            m_isDirty = true;
        } else if (const auto *task = std::get_if<Task>(&item)) {
            (*task)(*this);
        } else if (std::get<LongTask>(item)(*this)) {
            const QMutexLocker lock(&m_mutex);
            m_items.push_front(std::move(item));
        }
    }
    tellNews();
    tellConsumed(parsed);
    if (m_search.isActive()) {
        m_isDirty = m_isDirty || !m_search.isComplete();
        const bool hasRest = m_search.advance(*m_terminal);
        const QMutexLocker lock(&m_mutex);
        if (hasRest && !hasMore)
            wake();
    }
    offerFrame();
    if (hasMore)
        QMetaObject::invokeMethod(this, &TerminalWorker::turn, Qt::QueuedConnection);
}

void TerminalWorker::tellConsumed(qint64 parsed)
{
    // A program that writes in little pieces must not wake the ui thread for each.
    bool isEnough = false;
    {
        const QMutexLocker lock(&m_mutex);
        isEnough = m_consumed < kConsumedAtOnce && m_consumed + parsed >= kConsumedAtOnce;
        m_consumed += parsed;
    }
    if (isEnough)
        emit consumed();
}

qint64 TerminalWorker::takeConsumed()
{
    const QMutexLocker lock(&m_mutex);
    return std::exchange(m_consumed, 0);
}

bool TerminalWorker::mayAnswer(qsizetype bytes)
{
    const qint64 now = m_clock.elapsed();
    m_answerCredit
        = std::min(kAnswersPerSecond, m_answerCredit + (now - m_answeredAt) * kAnswersPerSecond / 1000);
    m_answeredAt = now;
    if (m_answerCredit < bytes)
        return false;
    m_answerCredit -= bytes;
    return true;
}

void TerminalWorker::tellNews()
{
    if (const std::string replies = m_terminal->takeReplies();
        !replies.empty() && mayAnswer(qsizetype(replies.size())))
        emit replied(QByteArray::fromStdString(replies));
    TerminalNews news = m_terminal->takeNews();
    if (!news.title && !news.clipboard && !news.bell)
        return;
    const QMutexLocker lock(&m_mutex);
    if (news.title)
        m_news.title = std::move(news.title);
    if (news.clipboard)
        m_news.clipboard = std::move(news.clipboard);
    m_news.bell = m_news.bell || news.bell;
}

TerminalNews TerminalWorker::takeNews()
{
    const QMutexLocker lock(&m_mutex);
    return std::exchange(m_news, {});
}

void TerminalWorker::offerFrame()
{
    if (!m_isDirty)
        return;
    if (m_terminal->modes().synchronizedOutput) {
        if (!m_holdTimer.isActive())
            m_holdTimer.start();
        return;
    }
    m_holdTimer.stop();
    {
        const QMutexLocker lock(&m_mutex);
        if (m_frame)
            return; // the last one was not taken; takeFrame() asks again
    }
    m_isDirty = false;
    const RowNumber top = m_terminal->modes().alternateScreen ? -1 : m_top;
    std::shared_ptr<TerminalFrame> frame = m_builder.build(*m_terminal, top, m_layout);
    if (frame->follows())
        m_top = -1;
    if (m_search.isActive())
        m_search.matchesIn(*m_terminal, frame->topRow, frame->rows, frame->matches);
    {
        const QMutexLocker lock(&m_mutex);
        m_frame = std::move(frame);
    }
    emit frameReady();
    if (SearchState state = m_search.state(); state != m_toldSearch) {
        m_toldSearch = std::move(state);
        emit searchChanged(m_toldSearch);
    }
}

std::shared_ptr<const TerminalFrame> TerminalWorker::takeFrame()
{
    std::shared_ptr<const TerminalFrame> frame;
    {
        const QMutexLocker lock(&m_mutex);
        frame = std::exchange(m_frame, nullptr);
    }
    QMetaObject::invokeMethod(this, &TerminalWorker::offerFrame, Qt::QueuedConnection);
    return frame;
}

void TerminalWorker::restart(TerminalSize size)
{
    m_terminal = std::make_unique<Terminal>(size, m_options);
    m_search.restart();
    m_top = -1;
    ++m_layout;
    m_isDirty = true;
}

void TerminalWorker::resize(TerminalSize size)
{
    const bool wasElsewhere = m_top >= 0;
    const History &history = m_terminal->history();
    const int64_t line = wasElsewhere ? history.lineOfRow(m_top - history.droppedRows()) : 0;
    m_terminal->resize(size);
    m_search.restart();
    ++m_layout;
    if (wasElsewhere)
        m_top = history.droppedRows() + history.rowOfLine(line);
    m_isDirty = true;
}

void TerminalWorker::setCellPixels(int width, int height)
{
    m_options.cellWidth = width;
    m_options.cellHeight = height;
    m_terminal->setCellPixels(width, height);
}

void TerminalWorker::scrollTo(RowNumber top)
{
    m_top = top;
    m_isDirty = true;
}

void TerminalWorker::reveal(RowNumber row)
{
    const History &history = m_terminal->history();
    const RowNumber screenRow = history.droppedRows() + history.rows();
    const RowNumber top = m_top < 0 ? screenRow : m_top;
    const int rows = m_terminal->size().rows;
    if (row < top || row >= top + rows)
        scrollTo(std::max<RowNumber>(0, row - rows / 2));
}

}

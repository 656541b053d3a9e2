#include "models/nodes/tools/journal_view_model.h"

#include "models/nodes/tools/process_source.h"
#include "models/table/relative_time.h"

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

    constexpr int kMostShownAtOnce = 2000; // rows a turn, of all nodes
    constexpr auto kRetry = 5s;

    // What may be over by itself; the others wait until somebody changes something.
    bool passes(const ShownError &problem)
    {
        return problem.code == QLatin1StringView(kNotConnected)
            || problem.kind == ShownError::Kind::Unavailable || problem.kind == ShownError::Kind::Limit;
    }
}

JournalViewModel::JournalViewModel(JournalSource &source, QObject *parent)
    : QObject(parent),
      m_source(source),
      m_table([](const JournalRow &row) { return row.id(); }, JournalColumns::all())
{
    m_pace.setInterval(kPace);
    m_pace.callOnTimeout(this, &JournalViewModel::step);
}

JournalViewModel::~JournalViewModel()
{
    for (const Stream &stream : m_nodes)
        m_source.close(stream.shown.id);
}

void JournalViewModel::setNodes(const QList<QPair<QString, QString>> &idsAndNames)
{
    const auto wanted = idsAndNames.first(std::min<qsizetype>(kMostNodes, idsAndNames.size()));
    const bool isSame = std::equal(m_nodes.begin(), m_nodes.end(), wanted.begin(), wanted.end(),
                                   [](const Stream &a, const auto &b) { return a.shown.id == b.first; });
    if (isSame) {
        for (size_t i = 0; i < m_nodes.size(); ++i)
            m_nodes[i].shown.name = wanted[static_cast<qsizetype>(i)].second;
        return;
    }
    for (const Stream &stream : m_nodes) {
        const bool stays = std::any_of(wanted.begin(), wanted.end(),
                                       [&](const auto &each) { return each.first == stream.shown.id; });
        if (!stays)
            m_source.close(stream.shown.id);
    }
    m_nodes.clear();
    m_nodes.resize(static_cast<size_t>(wanted.size()));
    for (size_t i = 0; i < m_nodes.size(); ++i) {
        m_nodes[i].shown.id = wanted[static_cast<qsizetype>(i)].first;
        m_nodes[i].shown.name = wanted[static_cast<qsizetype>(i)].second;
    }
    m_asOf = {};
    readAgain();
}

JournalViewModel::State JournalViewModel::state() const
{
    const auto any = [this](State state) {
        return std::any_of(m_nodes.begin(), m_nodes.end(),
                           [state](const Stream &each) { return each.shown.state == state; });
    };
    for (const State state : {State::Live, State::Waiting, State::NoJournal, State::Failed}) {
        if (any(state))
            return state;
    }
    return m_nodes.empty() ? State::Waiting : State::Offline;
}

bool JournalViewModel::isReading() const
{
    return std::any_of(m_nodes.begin(), m_nodes.end(),
                       [](const Stream &each) { return each.shown.isReading; });
}

bool JournalViewModel::hasOlder() const
{
    if (m_isCut)
        return false;
    return std::any_of(m_nodes.begin(), m_nodes.end(), [](const Stream &each) {
        return !each.held.empty() || (each.shown.hasOlder && each.shown.state == State::Live);
    });
}

qint64 JournalViewModel::dropped() const
{
    qint64 sum = 0;
    for (const Stream &stream : m_nodes)
        sum += stream.shown.dropped;
    return sum;
}

void JournalViewModel::setLooking(bool looking)
{
    if (std::exchange(m_isLooking, looking) == looking)
        return;
    if (!looking)
        return m_pace.stop();
    for (size_t i = 0; i < m_nodes.size(); ++i) {
        if (m_nodes[i].shown.state == State::Waiting && !m_nodes[i].shown.isReading)
            begin(i);
    }
    m_pace.start();
}

void JournalViewModel::setFilter(const JournalFilter &filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    readAgain();
}

void JournalViewModel::readAgain()
{
    ++m_reading;
    m_table.clear();
    m_isCut = false;
    for (size_t i = 0; i < m_nodes.size(); ++i) {
        Stream &stream = m_nodes[i];
        Stream fresh;
        fresh.shown.id = stream.shown.id;
        fresh.shown.name = stream.shown.name;
        fresh.shown.place = stream.shown.place;
        fresh.shown.clock = stream.shown.clock;
        fresh.knowsPlace = stream.knowsPlace && stream.shown.place.hasJournal;
        stream = std::move(fresh);
        if (m_isLooking)
            begin(i);
    }
    emit changed();
}

void JournalViewModel::begin(size_t number)
{
    Stream &stream = m_nodes[number];
    stream.token = ++m_lastToken;
    stream.shown.isReading = true;
    if (stream.knowsPlace)
        return readPage(number, {});
    m_source.place(
        stream.shown.id, false, this,
        [this, number, token = stream.token](const ShownError &problem, const JournalPlace &place) {
            if (number >= m_nodes.size() || m_nodes[number].token != token)
                return;
            Stream &told = m_nodes[number];
            if (!problem.isEmpty())
                return fail(number, problem);
            told.shown.place = place;
            told.knowsPlace = true;
            takeClock(told, place.clock);
            if (place.hasJournal) {
                readPage(number, {});
                readNames(number);
            } else {
                told.shown.isReading = false;
                told.shown.state = State::NoJournal;
                m_asOf = m_source.now();
            }
            emit placesChanged();
            emit changed();
        });
}

// After the first page: they take a while on a large journal.
void JournalViewModel::readNames(size_t number)
{
    m_source.place(
        m_nodes[number].shown.id, true, this,
        [this, number, id = m_nodes[number].shown.id](const ShownError &problem, const JournalPlace &place) {
            if (!problem.isEmpty() || number >= m_nodes.size() || m_nodes[number].shown.id != id)
                return; // names can be typed
            m_nodes[number].shown.place = place;
            emit placesChanged();
        });
}

void JournalViewModel::readPage(size_t number, const QString &before)
{
    Stream &stream = m_nodes[number];
    stream.token = ++m_lastToken;
    stream.shown.isReading = true;
    m_source.query(stream.shown.id, {.filter = filterFor(stream.shown), .before = before, .most = kPage},
                   this,
                   [this, number, token = stream.token](const ShownError &problem, const JournalBatch &page) {
                       if (number >= m_nodes.size() || m_nodes[number].token != token)
                           return;
                       if (!problem.isEmpty())
                           return fail(number, problem);
                       takePage(number, page);
                   });
}

void JournalViewModel::takePage(size_t number, const JournalBatch &page)
{
    Stream &stream = m_nodes[number];
    const bool isFirst = stream.shown.state != State::Live;
    takeClock(stream, page.clock);
    stream.shown.isReading = false;
    stream.shown.state = State::Live;
    stream.shown.problem = {};
    stream.shown.hasOlder = page.hasMore && !page.entries.isEmpty();
    stream.shown.isLate = page.isLate;
    stream.shown.rows += page.entries.size();
    if (isFirst && stream.newest.isEmpty()) {
        stream.newest = page.entries.isEmpty() ? QString() : page.entries.first().cursor;
        stream.since = page.began;
    }
    for (const JournalEntry &entry : page.entries)
        stream.held.push_back(rowOf(number, entry));
    if (!page.entries.isEmpty()) {
        stream.oldest = page.entries.last().cursor;
        stream.oldestAt = stream.held.back().at;
    }
    m_asOf = m_source.now();
    release();
    emit changed();
}

void JournalViewModel::fail(size_t number, const ShownError &problem)
{
    Stream &stream = m_nodes[number];
    stream.shown.isReading = false;
    stream.shown.problem = problem;
    stream.shown.state = problem.code == QLatin1StringView(kNotConnected) ? State::Offline : State::Failed;
    stream.retryAt = passes(problem) ? m_source.now() + kRetry : Instant::max();
    release(); // the others do not wait for this one
    emit changed();
}

void JournalViewModel::release()
{
    // What an unread entry of some node could stand before is not shown yet.
    Instant horizon = Instant::min();
    for (const Stream &stream : m_nodes) {
        if (stream.shown.state == State::Live && stream.shown.hasOlder)
            horizon = std::max(horizon, stream.oldestAt);
    }
    QList<JournalRow> rows;
    for (Stream &stream : m_nodes) {
        while (!stream.held.empty() && stream.held.front().at >= horizon) {
            rows << std::move(stream.held.front());
            stream.held.pop_front();
        }
    }
    if (rows.isEmpty())
        return;
    m_table.apply(rows);
    dropOldest();
}

void JournalViewModel::readOlder()
{
    if (m_isCut)
        return;
    // Those of which little is in hand; the others wait for them.
    for (size_t i = 0; i < m_nodes.size(); ++i) {
        Stream &stream = m_nodes[i];
        if (stream.shown.state == State::Live && stream.shown.hasOlder && stream.held.size() < kPage / 2
            && !stream.shown.isReading)
            readPage(i, stream.oldest);
    }
    emit changed();
}

void JournalViewModel::setFollowing(bool following)
{
    if (std::exchange(m_isFollowing, following) == following)
        return;
    emit changed();
}

// ---- Live ----------------------------------------------------------------------------------------------------------

void JournalViewModel::step()
{
    showWaiting();
    for (size_t i = 0; i < m_nodes.size(); ++i) {
        Stream &stream = m_nodes[i];
        const bool isDown = stream.shown.state == State::Offline || stream.shown.state == State::Failed;
        if (isDown && !stream.shown.isReading && stream.retryAt <= m_source.now()) {
            // Where it broke off, if it had begun.
            if (stream.newest.isEmpty()) {
                begin(i);
                continue;
            }
            stream.retryAt = m_source.now() + kRetry;
        } else if (stream.shown.state != State::Live) {
            continue;
        }
        const int room = kMostWaiting - static_cast<int>(stream.waiting.size());
        if (!follows() || room <= 0 || std::exchange(stream.asksFollow, true))
            continue;
        m_source.follow(stream.shown.id,
                        {.filter = filterFor(stream.shown),
                         .after = stream.newest,
                         .since = stream.since,
                         .most = std::min(room, 500)},
                        this,
                        [this, i, reading = m_reading](const ShownError &problem, const JournalBatch &page) {
                            if (reading != m_reading)
                                return; // of other nodes, or with another filter
                            Stream &told = m_nodes[i];
                            told.asksFollow = false;
                            if (!problem.isEmpty())
                                return fail(i, problem);
                            takeClock(told, page.clock);
                            const bool wasDown = told.shown.state != State::Live;
                            told.shown.state = State::Live;
                            told.shown.problem = {};
                            told.shown.dropped += page.dropped;
                            told.shown.rows += page.entries.size();
                            for (const JournalEntry &entry : page.entries)
                                told.waiting.push_back(rowOf(i, entry));
                            if (!page.entries.isEmpty())
                                told.newest = page.entries.last().cursor;
                            m_asOf = m_source.now();
                            if (wasDown || page.dropped > 0)
                                emit changed();
                        });
    }
}

void JournalViewModel::showWaiting()
{
    QList<JournalRow> rows;
    // One of each in turn: who has much waits for its next turn, not the others.
    for (bool isAny = true; isAny && rows.size() < kMostShownAtOnce;) {
        isAny = false;
        for (size_t i = 0; i < m_nodes.size() && rows.size() < kMostShownAtOnce; ++i) {
            Stream &stream = m_nodes[(m_first + i) % m_nodes.size()];
            if (stream.waiting.empty())
                continue;
            rows << std::move(stream.waiting.front());
            stream.waiting.pop_front();
            isAny = true;
        }
    }
    m_first = m_nodes.empty() ? 0 : (m_first + 1) % m_nodes.size();
    if (rows.isEmpty())
        return;
    m_table.apply(rows);
    dropOldest();
    emit changed();
}

JournalFilter JournalViewModel::filterFor(const Node &node) const
{
    return m_nodes.size() > 1 ? node.clock.asTheirs(m_filter) : m_filter;
}

void JournalViewModel::dropOldest()
{
    if (m_table.totalRows() <= kMostRows)
        return;
    std::vector<Instant> times; // a tenth more than must be, so that it is not done for each row
    times.reserve(m_table.values().size());
    for (const JournalRow &row : m_table.values())
        times.push_back(row.at);
    const auto cut = times.end() - static_cast<std::ptrdiff_t>(kMostRows - kMostRows / 10);
    std::nth_element(times.begin(), cut, times.end());
    QStringList gone;
    for (const JournalRow &row : m_table.values()) {
        if (row.at < *cut)
            gone << row.id();
    }
    m_table.remove(gone);
    m_isCut = true;
    for (Stream &stream : m_nodes)
        stream.held.clear();
}

void JournalViewModel::takeClock(Stream &stream, const NodeClock &clock) const
{
    // The nearest look counts; a clock that was set meanwhile is another one.
    const NodeClock &known = stream.shown.clock;
    if (!clock.isKnown)
        return;
    const bool isOther = std::abs((clock.ahead - known.ahead).count()) > (clock.error + known.error).count();
    if (!known.isKnown || clock.error < known.error || isOther)
        stream.shown.clock = clock;
}

JournalRow JournalViewModel::rowOf(size_t number, const JournalEntry &entry) const
{
    const Node &node = m_nodes[number].shown;
    JournalRow row {.nodeId = node.id,
                    .nodeName = node.name,
                    .nodeNumber = static_cast<int>(number),
                    .entry = entry,
                    .at = m_nodes.size() > 1 ? node.clock.corrected(entry.stamp) : entry.stamp,
                    .timeText = {}};
    row.timeText = RelativeTime::exactToMillis(row.at);
    return row;
}

void JournalViewModel::readEntry(const QString &rowId)
{
    const JournalRow *wanted = row(rowId);
    if (!wanted)
        return;
    m_source.entry(
        wanted->nodeId, wanted->entry.cursor, this,
        [this, rowId, token = ++m_entryToken](const ShownError &problem, const JournalEntry &entry) {
            if (token != m_entryToken)
                return; // another one is looked at
            if (problem.isEmpty())
                emit entryArrived(rowId, entry);
            else
                emit entryRefused(rowId, problem);
        });
}

}

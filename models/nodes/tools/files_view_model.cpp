#include "models/nodes/tools/files_view_model.h"

#include "models/nodes/tools/process_source.h"

namespace fb {

FilesViewModel::FilesViewModel(FileSource &source, const QString &nodeId, QObject *parent)
    : QObject(parent),
      m_source(source),
      m_nodeId(nodeId),
      m_table([](const FileRow &row) { return row.id(); }, FileColumns::all())
{
    m_listing.folder = "/";
}

FilesViewModel::~FilesViewModel() { m_source.close(m_nodeId); }

void FilesViewModel::setConnected(bool connected)
{
    if (m_state == State::Waiting || connected == (m_state != State::Offline))
        return;
    if (connected)
        return refresh();
    m_state = State::Offline;
    emit changed();
}

void FilesViewModel::open(const QByteArray &folder)
{
    FileListWish wish = m_wish;
    wish.folder = folder;
    wish.offset = 0;
    wish.listing = 0;
    read(wish);
}

void FilesViewModel::refresh() { open(m_listing.folder); }

void FilesViewModel::readMore()
{
    if (m_isReading || !hasMore())
        return;
    FileListWish wish = m_wish;
    wish.folder = m_listing.folder;
    wish.offset = m_table.totalRows();
    wish.listing = m_listing.listing;
    read(wish);
}

void FilesViewModel::setHidden(bool shown)
{
    m_wish.hidden = shown;
    refresh();
}

void FilesViewModel::setOrder(FileSort sort, bool descending)
{
    const bool isSame = m_wish.sort == sort && m_wish.descending == descending;
    m_wish.sort = sort;
    m_wish.descending = descending;
    if (!isSame && hasMore())
        refresh();
}

void FilesViewModel::read(const FileListWish &wish)
{
    m_isReading = true;
    const quint64 token = ++m_token;
    m_source.list(m_nodeId, wish, this, [this, token](const ShownError &problem, const FileListing &listing) {
        if (token != m_token)
            return; // a newer one is on its way
        m_isReading = false;
        m_problem = problem;
        if (problem.isEmpty()) {
            m_state = State::Live;
            takeListing(listing);
        } else {
            m_state = problem.code == QLatin1StringView(kNotConnected) ? State::Offline : State::Failed;
        }
        emit changed();
    });
    emit changed();
}

void FilesViewModel::takeListing(const FileListing &listing)
{
    const bool goesOn = listing.offset > 0;
    if (!goesOn && listing.folder != m_listing.folder)
        m_table.clear();
    m_listing = listing;
    m_listing.rows.clear();
    m_asOf = m_source.now();
    m_table.setNow(m_asOf);
    if (goesOn)
        m_table.apply(listing.rows);
    else
        m_table.showOnly(listing.rows);
}

void FilesViewModel::perform(const FileDeed &deed)
{
    m_source.perform(m_nodeId, deed, this, [this, deed](const ShownError &problem, const QString &result) {
        if (!problem.isEmpty())
            return emit refused(deed, problem);
        emit done(deed, result);
        if (deed.kind != FileDeed::Kind::Checksum)
            refresh();
    });
}

// ---- Clipboard and work --------------------------------------------------------------------------------------------

void FilesViewModel::take(const QList<QByteArray> &paths, bool cut)
{
    m_taken = paths;
    m_isCut = cut;
    emit changed();
}

void FilesViewModel::paste()
{
    if (!canPaste())
        return;
    begin({.kind = m_isCut ? FileWork::Kind::Move : FileWork::Kind::Copy,
           .paths = m_isCut ? std::exchange(m_taken, {}) : m_taken,
           .into = m_listing.folder});
}

void FilesViewModel::begin(const FileWork &work)
{
    if (m_work)
        return;
    m_work = work;
    m_workState = {};
    m_wantsCancel = false;
    m_choice.reset();
    emit workChanged();
    m_source.begin(m_nodeId, work, this, [this](const ShownError &problem, const FileWorkState &state) {
        takeWork(problem, state);
    });
}

void FilesViewModel::answer(FileChoice choice, bool forAll)
{
    if (!m_work || m_workState.question.isEmpty())
        return;
    m_workState.question.clear();
    m_source.goOn(
        m_nodeId, {.id = m_workState.id, .cancel = false, .choice = choice, .forAll = forAll}, this,
        [this](const ShownError &problem, const FileWorkState &state) { takeWork(problem, state); });
}

void FilesViewModel::cancelWork()
{
    if (!m_work)
        return;
    m_wantsCancel = true;
    if (!m_workState.question.isEmpty())
        answer(FileChoice::Skip, true);
}

void FilesViewModel::takeWork(const ShownError &problem, const FileWorkState &state)
{
    if (!m_work)
        return;
    const QStringList earlier = m_workState.failures;
    if (problem.isEmpty())
        m_workState = state;
    m_workState.failures = earlier + state.failures;
    if (!problem.isEmpty() || state.isFinished) {
        const FileWork work = *std::exchange(m_work, std::nullopt);
        emit workChanged();
        emit workEnded(work, m_workState, problem);
        if (work.kind != FileWork::Kind::Measure)
            refresh();
        return;
    }
    emit workChanged();
    if (!state.question.isEmpty() && !m_wantsCancel)
        return emit questionAsked(state.question);
    m_source.goOn(m_nodeId,
                  {.id = state.id,
                   .cancel = m_wantsCancel,
                   .choice = state.question.isEmpty() ? std::nullopt : std::optional(FileChoice::Skip)},
                  this, [this](const ShownError &told, const FileWorkState &next) { takeWork(told, next); });
}

}

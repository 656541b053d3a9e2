#include "ui/nodes/sessions/player_page.h"

#include "models/nodes/sessions/playback_time.h"
#include "ui/nodes/sessions/player_bar.h"
#include "ui/nodes/sessions/player_problem.h"
#include "ui/nodes/sessions/player_side.h"
#include "ui/nodes/sessions/recorded_terminal.h"
#include "ui/nodes/sessions/sessions_page.h"
#include "ui/terminal/terminal_view.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/page_head.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/text_label.h"
#include "ui/widgets/waiting_note.h"

#include <QFileDialog>
#include <QKeyEvent>
#include <QMenu>
#include <QSplitter>
#include <QStackedLayout>
#include <QTimer>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

    enum PlayerPart { Reading, Problem, Player };

    constexpr Microseconds kLeap = 5s; // of an arrow
    constexpr Microseconds kFarLeap = 30s; // with Shift

    QString extensionOf(RecordingFormat format)
    {
        return format == RecordingFormat::Cast ? u"cast"_s
            : format == RecordingFormat::Text  ? u"txt"_s
                                               : u"html"_s;
    }
}

PlayerPage::PlayerPage(SessionsSource &sessions, TerminalThread &thread, const QString &id, QWidget *parent)
    : Page(addressOf(id), parent),
      m_playback(sessions, id),
      m_head(new PageHead),
      m_banner(new Banner),
      m_save(makeButton(u"playerSave"_s, tr("Save"), Icon::Export)),
      m_again(makeButton(u"playerAgain"_s, tr("Load newer output"), Icon::Again)),
      m_saveMenu(new QMenu(this)),
      m_details(makeIconButton(u"playerDetails"_s, Icon::DetailPane, tr("Show or hide details (Ctrl+D)"))),
      m_owner(new TextLabel(TextRole::Body, Token::Text2)),
      m_started(new TextLabel(TextRole::Body, Token::Text2)),
      m_length(new TextLabel(TextRole::Body, Token::Text2)),
      m_stack(new QStackedLayout),
      m_problem(new PlayerProblem),
      m_terminal(new RecordedTerminal(thread, m_playback.player())),
      m_side(new PlayerSide),
      m_bar(new PlayerBar(m_playback))
{
    const Metrics &m = themeOf(this).metrics();
    setCrumb(id);
    m_banner->setObjectName(u"playerBanner"_s);
    m_banner->hide();
    m_head->setTitle(tr("Recording"));
    m_head->addAction(m_again);
    m_head->addAction(m_save);
    m_details->setProperty("fbOutlined", true);
    m_head->addAction(m_details);
    for (TextLabel *fact : {m_owner, m_started, m_length})
        m_head->addFact(fact);
    makeSaveMenu();

    auto *upper = new QVBoxLayout;
    upper->setContentsMargins(m.pageMargin(), m.step(3), m.pageMargin(), m.step(3));
    upper->setSpacing(m.step(3));
    upper->addWidget(m_head);
    upper->addWidget(m_banner);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(upper);
    all->addLayout(m_stack, 1);
    m_stack->addWidget(new WaitingNote(tr("Reading the recording...")));
    m_stack->addWidget(m_problem);
    m_stack->addWidget(makePlayer());

    connect(m_details, &QToolButton::clicked, this, [this] { m_side->setVisible(!m_side->isVisible()); });
    connect(m_again, &QPushButton::clicked, this, [this] { m_playback.read(); });
    connect(m_problem, &PlayerProblem::retryClicked, this, [this] { m_playback.read(); });
    connect(m_problem, &PlayerProblem::provenPartClicked, this,
            [this] { m_playback.read(RecordingExtent::ProvenPart); });
    connect(m_problem, &PlayerProblem::listClicked, this,
            [this] { emit navigate(SessionsPage::recordingsAddress()); });
    connect(m_bar, &PlayerBar::seekWanted, this, &PlayerPage::seek);
    connect(m_side, &PlayerSide::markChosen, this,
            [this](int index) { seek(m_playback.player().recording().marks.at(index).at); });
    connect(m_side, &PlayerSide::hitChosen, this, [this](int index) { m_playback.goToHit(index); });
    connect(&m_terminal->view(), &TerminalView::menuRequested, this, &PlayerPage::showMenu);
    connect(&m_terminal->view(), &TerminalView::textSaved, this, &PlayerPage::tellSaved);
    m_terminal->setKeys([this](const QKeyEvent &event) { return takeKey(event); });
    connect(&m_playback, &Playback::stateChanged, this, &PlayerPage::update);
    connect(&m_playback, &Playback::hitsChanged, this, &PlayerPage::updateHits);
    connect(&m_playback.player(), &RecordingPlayer::stateChanged, this, [this] {
        if (!m_playback.player().isPlaying() && isVisible()) // not on its way out
            emit viewChanged();
    });
    m_playback.read();
    update();
    updateHits();
}

QWidget *PlayerPage::makePlayer()
{
    auto *split = new QSplitter(Qt::Horizontal);
    split->addWidget(m_terminal);
    split->addWidget(m_side);
    split->setStretchFactor(0, 1);
    split->setStretchFactor(1, 0);
    split->setChildrenCollapsible(false);
    split->setHandleWidth(1);
    split->setSizes({themeOf(this).metrics().lines(48), themeOf(this).metrics().detailWidth()});
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(new Divider(Qt::Horizontal));
    column->addWidget(split, 1);
    column->addWidget(new Divider(Qt::Horizontal));
    column->addWidget(m_bar);
    return box;
}

void PlayerPage::makeSaveMenu()
{
    const auto add = [this](const QString &name, const QString &text, RecordingFormat format) {
        QAction *action = m_saveMenu->addAction(text);
        action->setObjectName(name);
        connect(action, &QAction::triggered, this, [this, format] { askWhereToSave(format); });
    };
    add(u"playerSaveCast"_s, tr("As a recording (.cast)..."), RecordingFormat::Cast);
    add(u"playerSaveText"_s, tr("As text (.txt)..."), RecordingFormat::Text);
    add(u"playerSaveHtml"_s, tr("As a web page with colours (.html)..."), RecordingFormat::Html);
    connect(m_save, &QPushButton::clicked, this,
            [this] { m_saveMenu->popup(m_save->mapToGlobal(QPoint(0, m_save->height() + 2))); });
}

void PlayerPage::update()
{
    const bool isReady = m_playback.state() == Playback::State::Ready;
    m_stack->setCurrentIndex(isReady                                             ? Player
                                 : m_playback.state() == Playback::State::Failed ? Problem
                                                                                 : Reading);
    m_save->setEnabled(isReady);
    m_details->setEnabled(isReady);
    m_again->setVisible(isReady && m_playback.proof() == Playback::Proof::StillRecording);
    updateHead();
    if (m_playback.state() == Playback::State::Failed)
        m_problem->showProblem(m_playback);
    if (!isReady)
        return;
    m_side->showRecording(m_playback);
    tellShortcomings();
    if (m_wantedAt)
        m_playback.player().seek(*std::exchange(m_wantedAt, std::nullopt));
}

void PlayerPage::updateHead()
{
    using Proof = Playback::Proof;
    const SessionRow &session = m_playback.session();
    if (!session.nodeName.isEmpty())
        m_head->setTitle(tr("Recording of %1").arg(session.nodeName));
    switch (m_playback.proof()) {
    case Proof::Unchanged:
        m_head->setChip(StateKind::Success, tr("Recording unchanged"));
        break;
    case Proof::StillRecording:
        m_head->setChip(StateKind::Running, tr("Still recording"));
        break;
    case Proof::NoHash:
        m_head->setChip(StateKind::Waiting, tr("No hash to check"));
        break;
    case Proof::Mismatch:
        m_head->setChip(StateKind::Failed, tr("Hash does not match"));
        break;
    case Proof::Unknown:
        m_head->setChip(StateKind::None, {});
        break;
    }
    m_owner->setText(session.owner);
    m_started->setText(session.id.isEmpty() ? QString() : RelativeTime::exact(session.started));
    m_length->setText(m_playback.state() == Playback::State::Ready
                          ? playbackTime(m_playback.player().length())
                          : QString());
}

// What is missing is said, before somebody concludes from it that nothing happened.
void PlayerPage::tellShortcomings()
{
    const Recording &recording = m_playback.player().recording();
    const auto gaps = static_cast<int>(m_playback.gapCount());
    if (m_playback.proof() == Playback::Proof::Mismatch)
        m_banner->showMessage(Tone::Failed, Icon::Failed, tr("This recording was altered or cut off."),
                              tr("It plays up to %1; what followed does not match its hash and is left out.")
                                  .arg(playbackTime(recording.length())));
    else if (recording.bytes.isEmpty() && recording.brokenLine == 0)
        m_banner->showMessage(Tone::Accent, Icon::Notice, tr("This recording is empty."),
                              m_playback.session().isEnded()
                                  ? tr("The session ended before its terminal showed anything.")
                                  : tr("The session's terminal has shown nothing so far."));
    else if (recording.brokenLine > 0 && recording.isTorn)
        m_banner->showMessage(Tone::Waiting, Icon::Notice, tr("The end of this recording is cut off."),
                              tr("It plays up to %1, where writing stopped in the middle of a line.")
                                  .arg(playbackTime(recording.length())));
    else if (recording.brokenLine > 0)
        m_banner->showMessage(Tone::Failed, Icon::Failed,
                              tr("Only the first part of this recording can be played."),
                              tr("Line %1 could not be read; everything after it, from %2 on, is left out.")
                                  .arg(recording.brokenLine)
                                  .arg(playbackTime(recording.length())));
    else if (gaps > 0)
        m_banner->showMessage(Tone::Waiting, Icon::Notice,
                              tr("Bytes are missing at %n place(s).", nullptr, gaps),
                              tr("The disk was full or failed, or the engine was killed. The places are "
                                 "marked on the timeline."));
    else
        m_banner->hide();
}

void PlayerPage::updateHits()
{
    m_terminal->mark(m_playback.wanted());
    m_side->showHits(m_playback);
}

void PlayerPage::seek(Microseconds to)
{
    m_playback.player().seek(to);
    emit viewChanged();
}

// ---- Keys ------------------------------------------------------------------------------------------------------------

bool PlayerPage::takeKey(const QKeyEvent &event)
{
    RecordingPlayer &player = m_playback.player();
    const Qt::KeyboardModifiers held = event.modifiers() & ~Qt::KeypadModifier;
    if (m_playback.state() != Playback::State::Ready || (held & ~Qt::ShiftModifier) != 0)
        return false;
    const Microseconds leap = held.testFlag(Qt::ShiftModifier) ? kFarLeap : kLeap;
    switch (event.key()) {
    case Qt::Key_Space:
        player.toggle();
        return true;
    case Qt::Key_Left:
        seek(player.position() - leap);
        return true;
    case Qt::Key_Right:
        seek(player.position() + leap);
        return true;
    case Qt::Key_Home:
        seek({});
        return true;
    case Qt::Key_End:
        seek(player.length());
        return true;
    case Qt::Key_Period:
        player.step(1);
        return true;
    case Qt::Key_Comma:
        player.step(-1);
        return true;
    case Qt::Key_BracketLeft:
        player.goToMark(-1);
        return true;
    case Qt::Key_BracketRight:
        player.goToMark(1);
        return true;
    case Qt::Key_Less:
        player.changeSpeed(-1);
        return true;
    case Qt::Key_Greater:
        player.changeSpeed(1);
        return true;
    case Qt::Key_F3:
        m_playback.goToHitBy(held.testFlag(Qt::ShiftModifier) ? -1 : 1);
        return true;
    default:
        return false;
    }
}

void PlayerPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_D && event->modifiers() == Qt::ControlModifier)
        return m_side->setVisible(!m_side->isVisible());
    if (!takeKey(*event))
        Page::keyPressEvent(event);
}

void PlayerPage::showMenu(const QPoint &globalPos)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (QAction *action : m_terminal->view().editActions()) {
        if (action->isEnabled())
            menu->addAction(action);
    }
    menu->addSeparator();
    menu->addActions(m_saveMenu->actions());
    menu->popup(globalPos);
}

// Nobody looks: it pauses, and a large one is not kept in memory.
void PlayerPage::hideEvent(QHideEvent *event)
{
    m_playback.player().pause();
    Page::hideEvent(event);
    QTimer::singleShot(0, this, [this] { // the window may be on its way out
        if (isVisible() || !m_playback.isLarge() || m_playback.isSaving())
            return;
        m_wantedAt = m_playback.player().position();
        m_playback.forget();
    });
}

void PlayerPage::onShown()
{
    if (m_playback.isForgotten())
        m_playback.read();
    m_terminal->view().setFocus(Qt::OtherFocusReason);
}

void PlayerPage::focusFilter() { m_bar->focusSearch(); }

// ---- Address -----------------------------------------------------------------------------------------------------------

ViewState PlayerPage::view() const
{
    ViewState view;
    const Microseconds at = m_wantedAt.value_or(m_playback.player().position());
    if (at.count() > 0)
        view.set(u"at"_s, QString::number(static_cast<double>(at / 1ms) / 1000));
    view.set(u"find"_s, m_bar->wanted());
    return view;
}

void PlayerPage::setView(const ViewState &view)
{
    bool isNumber = false;
    const double at = view.value(u"at"_s).toDouble(&isNumber);
    const Microseconds to(isNumber && at >= 0 && at < 1e8 ? static_cast<qint64>(at * 1e6) : 0);
    if (m_playback.state() == Playback::State::Ready)
        m_playback.player().seek(to);
    else
        m_wantedAt = to;
    m_bar->setWanted(view.value(u"find"_s).left(200));
}

// ---- Saving ------------------------------------------------------------------------------------------------------------

void PlayerPage::askWhereToSave(RecordingFormat format)
{
    const QString extension = extensionOf(format);
    auto *dialog = new QFileDialog(this, tr("Save the recording"), u"%1.%2"_s.arg(m_playback.id(), extension),
                                   u"*."_s + extension);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, format](const QString &path) { save(format, path); });
    dialog->open();
}

void PlayerPage::save(RecordingFormat format, const QString &path)
{
    m_save->setEnabled(false);
    m_playback.save(format, m_terminal->view().colors().palette, path, [this, path](const QString &problem) {
        m_save->setEnabled(m_playback.state() == Playback::State::Ready);
        tellSaved(path, problem);
    });
}

void PlayerPage::tellSaved(const QString &path, const QString &problem)
{
    if (problem.isEmpty())
        m_banner->showMessage(Tone::Success, Icon::Success, tr("The recording was saved."), path);
    else
        m_banner->showMessage(Tone::Failed, Icon::Failed, tr("The recording was not saved."), problem);
}

}

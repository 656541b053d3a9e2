#include "ui/nodes/sessions/player_page.h"

#include "models/nodes/sessions/playback_time.h"
#include "models/table/visible_text.h"
#include "ui/nodes/sessions/place_list.h"
#include "ui/nodes/sessions/player_bar.h"
#include "ui/nodes/sessions/sessions_page.h"
#include "ui/terminal/terminal_view.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/fact_list.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/page_head.h"
#include "ui/widgets/scroll_box.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/text_label.h"
#include "ui/widgets/waiting_note.h"

#include <QFileDialog>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedLayout>
#include <QTimer>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

    enum Part { Reading, Problem, Player };

    constexpr Microseconds kLeap = 5s; // of an arrow
    constexpr Microseconds kFarLeap = 30s; // with Shift

    // A line breaks between them.
    QString inGroups(const QString &hash)
    {
        QStringList groups;
        for (qsizetype at = 0; at < hash.size(); at += 16)
            groups << hash.mid(at, 16);
        return groups.join(u' ');
    }

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
      m_terminal(thread),
      m_screen(m_terminal, m_playback.player()),
      m_head(new PageHead),
      m_banner(new Banner),
      m_save(makeButton(u"playerSave"_s, tr("Save"), Icon::Export)),
      m_again(makeButton(u"playerAgain"_s, tr("Read what came since"), Icon::Again)),
      m_saveMenu(new QMenu(this)),
      m_details(makeIconButton(u"playerDetails"_s, Icon::DetailPane, tr("Show or hide details (Ctrl+D)"))),
      m_owner(new TextLabel(TextRole::Body, Token::Text2)),
      m_started(new TextLabel(TextRole::Body, Token::Text2)),
      m_length(new TextLabel(TextRole::Body, Token::Text2)),
      m_stack(new QStackedLayout),
      m_problemTitle(new TextLabel(TextRole::PaneTitle)),
      m_problemText(new TextLabel(TextRole::Body, Token::Text2)),
      m_retry(makeButton(u"playerRetry"_s, tr("Try again"), Icon::Again)),
      m_view(new TerminalView(m_terminal)),
      m_area(new QScrollArea),
      m_side(nullptr),
      m_facts(new FactList),
      m_marksPart(new QWidget),
      m_marks(new PlaceList(u"playerMarks"_s, tr("Marks"))),
      m_hitsPart(new QWidget),
      m_hits(new PlaceList(u"playerHits"_s, tr("Hits"))),
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
    m_stack->addWidget(makeProblem());
    m_stack->addWidget(makePlayer());

    connect(m_details, &QToolButton::clicked, this, [this] { m_side->setVisible(!m_side->isVisible()); });
    connect(m_again, &QPushButton::clicked, this, [this] { m_playback.read(); });
    connect(m_retry, &QPushButton::clicked, this, [this] { m_playback.read(); });
    connect(m_bar, &PlayerBar::seekWanted, this, &PlayerPage::seek);
    connect(m_marks, &PlaceList::chosen, this,
            [this](int row) { seek(m_playback.player().recording().marks.at(row).at); });
    connect(m_hits, &PlaceList::chosen, this, [this](int row) { m_playback.goToHit(row); });
    connect(&m_screen, &RecordingScreen::sizeChanged, this, &PlayerPage::fitTerminal);
    connect(m_view, &TerminalView::fontPointsChanged, this, [this] {
        if (m_isFitting)
            return;
        m_isZoomed = true;
        fitTerminal();
    });
    connect(&m_terminal, &TerminalModel::frameChanged, this, &PlayerPage::showCursor);
    connect(m_view, &TerminalView::menuRequested, this, &PlayerPage::showMenu);
    connect(m_view, &TerminalView::textSaved, this, &PlayerPage::tellSaved);
    connect(&m_playback, &Playback::stateChanged, this, &PlayerPage::update);
    connect(&m_playback, &Playback::hitsChanged, this, &PlayerPage::updateHits);
    connect(&m_playback.player(), &RecordingPlayer::stateChanged, this, [this] {
        if (!m_playback.player().isPlaying() && isVisible()) // not on its way out
            emit viewChanged();
    });
    m_view->installEventFilter(this);
    m_area->installEventFilter(this);
    m_playback.read();
    update();
    updateHits();
}

PlayerPage::~PlayerPage() = default;

QWidget *PlayerPage::makeProblem()
{
    const Metrics &m = themeOf(this).metrics();
    auto *box = new QWidget;
    m_problemTitle->setObjectName(u"playerProblem"_s);
    m_problemText->setObjectName(u"playerProblemText"_s);
    m_problemText->setWordWrap(true);
    m_problemText->setMaximumWidth(m.lines(34));
    auto *title = new QHBoxLayout;
    title->setSpacing(m.step(2));
    m_problemIcon = new IconLabel(Icon::Failed, Token::Text, Metrics::kLargeIcon);
    m_problemIcon->setTone(Tone::Failed);
    title->addWidget(m_problemIcon, 0, Qt::AlignTop);
    title->addWidget(m_problemTitle);
    title->addStretch(1);
    auto *list = makeButton(u"playerList"_s, tr("Show all recordings"), Icon::Back);
    connect(list, &QPushButton::clicked, this, [this] { emit navigate(SessionsPage::recordingsAddress()); });
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(m.toolGap());
    buttons->addWidget(m_retry);
    buttons->addWidget(list);
    buttons->addStretch(1);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(m.pageMargin(), m.step(4), m.pageMargin(), 0);
    column->setSpacing(m.step(3));
    column->addLayout(title);
    column->addWidget(m_problemText);
    column->addLayout(buttons);
    column->addStretch(1);
    return box;
}

QWidget *PlayerPage::makePlayer()
{
    m_view->setReadOnly(true);
    m_view->setFixedSize(true);
    m_view->setAccessibleName(tr("Recorded terminal"));
    m_points = m_view->fontPoints();
    m_view->setObjectName(u"playerTerminal"_s);
    auto *split = new QSplitter(Qt::Horizontal);
    m_area->setObjectName(u"playerScreen"_s);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setFocusPolicy(Qt::NoFocus);
    m_area->setWidgetResizable(true);
    m_area->setWidget(m_view);
    split->addWidget(m_area);
    split->addWidget(makeSide());
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

QWidget *PlayerPage::makeSide()
{
    const Metrics &m = themeOf(this).metrics();
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(m.step(4), m.step(3), m.step(4), m.step(3));
    column->setSpacing(m.step(4));
    column->addWidget(m_facts);
    const auto addPart = [&](QWidget *part, const QString &title, PlaceList *list) {
        auto *inner = new QVBoxLayout(part);
        inner->setContentsMargins(0, 0, 0, 0);
        inner->setSpacing(m.step(1.5));
        inner->addWidget(new Divider(Qt::Horizontal));
        inner->addWidget(new TextLabel(title, TextRole::SectionHeading));
        inner->addWidget(list);
        column->addWidget(part);
    };
    addPart(m_marksPart, tr("Marks"), m_marks);
    addPart(m_hitsPart, tr("Found"), m_hits);
    column->addStretch(1);
    auto *scroll = new ScrollBox(tr("Details of the session"));
    scroll->setContent(content);
    auto *ground = new Surface(Token::Base);
    auto *inner = new QVBoxLayout(ground);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->addWidget(scroll);
    ground->setMinimumWidth(m.detailWidth());
    m_side = ground;
    return ground;
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
    if (m_playback.state() == Playback::State::Failed) {
        const ShownError &problem = m_playback.problem();
        const bool isAltered = m_playback.proof() == Playback::Proof::Mismatch;
        m_problemTitle->setText(isAltered               ? tr("The hash does not match")
                                    : problem.isEmpty() ? tr("This recording cannot be played")
                                                        : tr("The recording could not be read"));
        m_problemText->setText(isAltered ? tr("This recording is not what was recorded: bytes of it were "
                                              "altered or cut off. It is not shown, since nothing "
                                              "in it can be relied on. The audit log keeps the hash that it "
                                              "should have; a backup of the store may hold "
                                              "the unaltered recording.")
                                   : problem.isEmpty()
                                   ? problem.message
                                   : u"%1 %2"_s.arg(problem.headline(), visibleText(problem.message)));
        m_retry->setVisible(problem.isEmpty() || problem.canRetry());
    }
    if (!isReady)
        return;
    updatePlaces();
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

void PlayerPage::updatePlaces()
{
    const Recording &recording = m_playback.player().recording();
    QList<QPair<QString, QString>> facts
        = SessionTable::facts(m_playback.session(), m_playback.session().ended);
    facts.append({tr("Screen"), tr("%1 x %2 at the start").arg(recording.columns).arg(recording.rows)});
    if (const QString &hash = m_playback.session().recordingHash; !hash.isEmpty())
        facts.append({tr("Hash"), inGroups(hash)});
    m_facts->setFacts(facts);
    QList<RecordingPlace> places;
    for (const RecordingMark &mark : recording.marks)
        places.append({.at = mark.at,
                       .text = mark.isGap ? Playback::gapText(mark) : mark.label,
                       .icon = mark.isGap ? Icon::Failed : Icon::Mark,
                       .tone = mark.isGap ? Tone::Failed : Tone::Waiting});
    m_marks->setPlaces(places);
    m_marksPart->setVisible(!places.isEmpty());
}

// What is missing is said, before somebody concludes from it that nothing happened.
void PlayerPage::tellShortcomings()
{
    const Recording &recording = m_playback.player().recording();
    const auto gaps = static_cast<int>(m_playback.gapCount());
    if (recording.brokenLine > 0 && recording.isTorn)
        m_banner->showMessage(Tone::Waiting, Icon::Notice, tr("The end of this recording is torn."),
                              tr("It plays up to %1, where writing stopped in the middle of a line.")
                                  .arg(playbackTime(recording.length())));
    else if (recording.brokenLine > 0)
        m_banner->showMessage(Tone::Failed, Icon::Failed,
                              tr("Only the front part of this recording can be played."),
                              tr("Line %1 is not understood; what follows it, from %2 on, is left out.")
                                  .arg(recording.brokenLine)
                                  .arg(playbackTime(recording.length())));
    else if (gaps > 0)
        m_banner->showMessage(
            Tone::Waiting, Icon::Notice, tr("Bytes are missing at %n place(s).", nullptr, gaps),
            tr("The disk took no more, or the engine was killed. The places are marked on the time line."));
    else
        m_banner->hide();
}

void PlayerPage::updateHits()
{
    m_terminal.search({.text = m_playback.wanted().toStdString()}); // those on the screen are marked there
    QList<RecordingPlace> places;
    places.reserve(m_playback.hits().size());
    for (const RecordingHit &hit : m_playback.hits())
        places.append({.at = hit.at, .text = hit.line});
    m_hits->setPlaces(places);
    m_hits->setCurrent(m_playback.currentHit());
    m_hitsPart->setVisible(!places.isEmpty());
}

void PlayerPage::seek(Microseconds to)
{
    m_playback.player().seek(to);
    emit viewChanged();
}

// ---- Keys ------------------------------------------------------------------------------------------------------------

bool PlayerPage::isViewsKey(const QKeyEvent &event)
{
    const Qt::KeyboardModifiers held = event.modifiers() & ~Qt::KeypadModifier;
    if (held == (Qt::ControlModifier | Qt::ShiftModifier))
        return true;
    const int key = event.key();
    if (held == Qt::ControlModifier)
        return key == Qt::Key_Plus || key == Qt::Key_Equal || key == Qt::Key_Minus || key == Qt::Key_0;
    return held == Qt::ShiftModifier && (key == Qt::Key_PageUp || key == Qt::Key_PageDown);
}

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

// A terminal takes every key for its program; this one has none, so they are the player's and the window's, but for those of selecting and
// zooming.
bool PlayerPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_area && event->type() == QEvent::Resize)
        QTimer::singleShot(0, this, &PlayerPage::fitTerminal);
    if (watched != m_view)
        return Page::eventFilter(watched, event);
    if (event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride)
        return Page::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool isViews = isViewsKey(*key);
    if (event->type() == QEvent::ShortcutOverride)
        return !isViews; // not accepted: the window's
    if (key->key() == Qt::Key_Tab || key->key() == Qt::Key_Backtab)
        return focusNextPrevChild(key->key() == Qt::Key_Tab);
    if (isViews || takeKey(*key))
        return !isViews;
    keyPressEvent(static_cast<QKeyEvent *>(event));
    return true;
}

// As large as it fits, but no larger than a session's. What does not fit at the smallest, or as it was zoomed by hand, scrolls.
void PlayerPage::fitTerminal()
{
    const QSize room = m_area->maximumViewportSize();
    if (room.width() < 50)
        return;
    const auto fits = [&] {
        const QSize wanted = m_view->sizeHint();
        return wanted.width() <= room.width() && wanted.height() <= room.height();
    };
    if (!m_isZoomed) {
        m_isFitting = true;
        m_view->setFontPoints(m_points);
        while (!fits() && m_view->fontPoints() > TerminalView::kLeastPoints)
            m_view->setFontPoints(m_view->fontPoints() - 1);
        m_isFitting = false;
    }
    m_view->setMinimumSize(fits() ? QSize(0, 0) : m_view->sizeHint());
    m_view->setFixedSize(true); // centred anew
}

void PlayerPage::showCursor()
{
    const TerminalFrame &frame = m_terminal.frame();
    const QPoint at
        = m_view->cellRect(static_cast<int>(frame.cursorRow - frame.topRow), frame.cursorColumn).center();
    if (m_view->size() != m_area->viewport()->size() && frame.follows())
        m_area->ensureVisible(at.x(), at.y());
}

void PlayerPage::showMenu(const QPoint &globalPos)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (QAction *action : m_view->editActions()) {
        if (action->isEnabled())
            menu->addAction(action);
    }
    menu->addSeparator();
    menu->addActions(m_saveMenu->actions());
    menu->popup(globalPos);
}

void PlayerPage::hideEvent(QHideEvent *event)
{
    m_playback.player().pause(); // nobody looks
    Page::hideEvent(event);
}

void PlayerPage::onShown() { m_view->setFocus(Qt::OtherFocusReason); }

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
    m_playback.save(format, m_view->colors().palette, path, [this, path](const QString &problem) {
        m_save->setEnabled(m_playback.state() == Playback::State::Ready);
        tellSaved(path, problem);
    });
}

void PlayerPage::tellSaved(const QString &path, const QString &problem)
{
    if (problem.isEmpty())
        m_banner->showMessage(Tone::Success, Icon::Success, tr("The recording is saved."), path);
    else
        m_banner->showMessage(Tone::Failed, Icon::Failed, tr("The recording was not saved."), problem);
}

}

#include "ui/nodes/sessions/recording_search_page.h"

#include "models/nodes/sessions/playback_time.h"
#include "models/table/relative_time.h"
#include "models/table/visible_text.h"
#include "ui/nodes/sessions/player_page.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/text_label.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr int kLeastWords = 2; // characters, as the engine has it
    constexpr int kMostWords = 200;
    const auto kSearchFind = u"find"_s;
}

RecordPageSetup RecordingSearchPage::setup(RecordingSearchViewModel &search)
{
    using Column = RecordingMatchTable::Column;
    return {.address = u"recordings"_s,
            .title = tr("Recording search"),
            .tableName = tr("Matches"),
            .placeholder = tr("Filter the matches: type a word, or node=web-01"),
            .emptyText
            = tr("Enter words that appeared on a screen. The recordings of all sessions are searched, newest "
                 "first, as the screens showed them, including text that a program drew piece by piece."),
            .problemText = tr("The recordings could not be searched."),
            .subtitle = {},
            .columns = {{Column::Line, CellKind::Name, 22, true},
                        {Column::Node, CellKind::Text, 9},
                        {Column::Owner, CellKind::Text, 7},
                        {Column::At, CellKind::Number, 5},
                        {Column::Shown, CellKind::Number, 7}},
            .sortColumn = Column::Shown,
            .streams = false,
            .detail = [this, &search](const QString &id) -> std::optional<RecordDetail> {
                const RecordingMatchRow *row = search.values().value(id);
                if (!row)
                    return std::nullopt;
                return RecordDetail {.title = row->nodeName,
                                     .id = row->sessionId,
                                     .stateWord = {},
                                     .facts = {{tr("On the screen"), visibleText(row->line, 200)},
                                               {tr("At"), playbackTime(row->at)},
                                               {tr("Operator"), row->owner},
                                               {tr("Session began"), RelativeTime::exact(row->started)}},
                                     .tags = {},
                                     .actions = {{.name = u"recordingsPlay"_s,
                                                  .text = tr("Play from here"),
                                                  .icon = Icon::Start,
                                                  .run = [this, id] { play(id); },
                                                  .forbidden = {}}},
                                     .raw = {}};
            }};
}

RecordingSearchPage::RecordingSearchPage(RecordingSearchViewModel &search, QWidget *parent)
    : RecordPage(search, setup(search), parent),
      m_search(search),
      m_words(new QLineEdit),
      m_case(new QCheckBox(tr("Match case"))),
      m_go(makeButton(u"recordingsSearch"_s, tr("Search"), Icon::Search, ButtonKind::Primary)),
      m_outcome(new TextLabel(TextRole::Body, Token::Text2))
{
    const Metrics &m = themeOf(this).metrics();
    m_words->setObjectName(u"recordingsWords"_s);
    m_words->setAccessibleName(tr("Words on the screen"));
    m_words->setPlaceholderText(tr("Words that appeared on the screen"));
    m_words->setClearButtonEnabled(true);
    m_words->setMaxLength(kMostWords);
    m_case->setObjectName(u"recordingsCase"_s);
    m_outcome->setObjectName(u"recordingsOutcome"_s);
    auto *line = new QWidget;
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(m.toolGap());
    row->addWidget(m_words, 3);
    row->addWidget(m_case);
    row->addWidget(m_go);
    row->addWidget(m_outcome, 2);
    addUnderHead(line);
    connect(m_words, &QLineEdit::returnPressed, this, &RecordingSearchPage::search);
    connect(m_words, &QLineEdit::textChanged, this, &RecordingSearchPage::update);
    connect(m_go, &QPushButton::clicked, this, &RecordingSearchPage::searchOrStop);
    connect(this, &RecordPage::opened, this, &RecordingSearchPage::play);
    m_search.source().setStateHandler([this] { update(); });
    connect(this, &QObject::destroyed, [&source = search.source()] { source.setStateHandler({}); });
    m_words->setText(m_search.source().state().text);
    update();
}

void RecordingSearchPage::searchOrStop()
{
    if (m_search.source().state().isRunning)
        m_search.source().stop();
    else
        search();
}

void RecordingSearchPage::search()
{
    if (m_words->text().size() < kLeastWords)
        return;
    banner().hide();
    m_search.source().search(m_words->text(), m_case->isChecked());
    emit viewChanged();
}

void RecordingSearchPage::update()
{
    const RecordingSearchState &state = m_search.source().state();
    m_go->setText(state.isRunning ? tr("Stop") : tr("Search"));
    m_go->setIcon(Theme::icon(state.isRunning ? Icon::Stop : Icon::Search));
    const bool isLong = m_words->text().size() >= kLeastWords;
    m_go->setEnabled(state.isRunning || isLong);
    m_go->setToolTip(isLong || state.isRunning ? QString()
                                               : tr("Type at least %n character(s).", nullptr, kLeastWords));
    if (state.text.isEmpty())
        return m_outcome->setText({});
    QStringList parts;
    const QString matches = tr("%n match(es)", nullptr, state.matches);
    if (state.isRunning)
        parts << tr("%1 in %n recording(s) so far", nullptr, state.searched).arg(matches);
    else
        parts << tr("%1 in %n recording(s)", nullptr, state.searched).arg(matches);
    if (state.isStopped)
        parts << tr("stopped");
    if (state.cut > 0)
        parts << tr("%n with more matches than are listed", nullptr, state.cut);
    if (state.unreadable > 0)
        parts << tr("%n could not be read", nullptr, state.unreadable);
    m_outcome->setText(parts.join(tr(", ", "between parts of a sentence")));
}

void RecordingSearchPage::play(const QString &id)
{
    if (const RecordingMatchRow *row = m_search.values().value(id)) {
        ViewState at;
        at.set(u"at"_s, QString::number(static_cast<double>(row->at.count()) / 1e6));
        at.set(kSearchFind, m_search.source().state().text);
        emit navigate(PlayerPage::addressOf(row->sessionId) + u'?' + at.text());
    }
}

void RecordingSearchPage::focusFilter() { m_words->setFocus(Qt::ShortcutFocusReason); }

ViewState RecordingSearchPage::view() const
{
    ViewState view = RecordPage::view();
    view.set(kSearchFind, m_search.source().state().text);
    return view;
}

void RecordingSearchPage::setView(const ViewState &view)
{
    RecordPage::setView(view);
    const QString wanted = view.value(kSearchFind).left(kMostWords);
    m_words->setText(wanted);
    if (wanted != m_search.source().state().text)
        search();
}

}

#include "ui/nodes/sessions/desktops_page.h"

#include "models/table/visible_text.h"
#include "ui/nodes/sessions/desktop_head.h"
#include "ui/nodes/sessions/desktop_screen.h"
#include "ui/nodes/sessions/desktop_sheet.h"
#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/page_head.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/text_label.h"

#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

DesktopsPage::DesktopsPage(DesktopScreens &screens, FleetViewModel &fleet, QWidget *parent)
    : Page(u"desktops"_s, parent),
      m_screens(screens),
      m_fleet(fleet),
      m_head(new PageHead),
      m_banner(new Banner),
      m_keys(new TextLabel(tr("Keys go to the desktop under the mouse. From the keyboard: Enter to go in, "
                              "Ctrl+Alt+Home to leave."),
                           TextRole::Body, Token::Text2)),
      m_empty(makeEmpty()),
      m_body(new QWidget),
      m_lines(new QVBoxLayout),
      m_grid(new QGridLayout),
      m_open(makeButton(u"desktopsOpen"_s, tr("Open a remote desktop"), Icon::Desktop, ButtonKind::Primary))
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(u"desktopsPage"_s);
    m_banner->setObjectName(u"desktopsBanner"_s);
    m_banner->hide();
    m_head->setTitle(tr("Desktops"));
    m_head->addAction(m_open);
    m_head->addFact(m_keys);
    markChange(m_open, "ssm:StartSession");
    m_lines->setContentsMargins(0, 0, 0, 0);
    m_lines->setSpacing(m.step(2));
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(m.step(2));
    auto *inside = new QVBoxLayout(m_body);
    inside->setContentsMargins(0, 0, 0, 0);
    inside->setSpacing(m.step(2));
    inside->addLayout(m_lines);
    inside->addLayout(m_grid, 1);
    inside->addStretch(0); // below lines alone
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(m.pageMargin(), m.step(3), m.pageMargin(), m.step(3));
    column->setSpacing(m.step(3));
    column->addWidget(m_head);
    column->addWidget(m_banner);
    column->addWidget(m_empty);
    column->addWidget(m_body, 1);
    column->addStretch(0);
    connect(m_open, &QPushButton::clicked, this, [this] { openSheet(); });
    connect(&m_screens, &DesktopScreens::changed, this, &DesktopsPage::arrange);
    connect(&m_screens.desktops(), &RemoteDesktops::timesChanged, this, &DesktopsPage::updateTimes);
    connect(&m_screens.desktops(), &RemoteDesktops::limitsChanged, this, &DesktopsPage::arrange);
    connect(&m_screens.desktops(), &RemoteDesktops::ended, this,
            [this](const QString &node, const ShownError &problem) {
                const QString ended = tr("The remote desktop of %1 has ended.").arg(visibleText(node, 60));
                if (RemoteDesktops::isTimeOver(problem))
                    m_banner->showMessage(Tone::Accent, Icon::TimedOut, ended, problem.message);
                else if (!problem.isEmpty())
                    m_banner->showProblem(problem, ended);
            });
    m_screens.setShownBy(this);
    arrange();
}

DesktopsPage::~DesktopsPage()
{
    for (const auto &[number, tile] : m_tiles) {
        if (auto *screen = tile.frame->findChild<DesktopScreen *>())
            m_screens.park(screen); // it outlives this page
    }
    if (m_screens.isShownBy(this))
        m_screens.setShownBy(nullptr);
}

QWidget *DesktopsPage::makeEmpty()
{
    const Metrics &m = themeOf(this).metrics();
    auto *empty = new QWidget;
    empty->setObjectName(u"desktopsEmpty"_s);
    auto *title = new TextLabel(tr("No remote desktop is open"), TextRole::PageTitle);
    title->setWordWrap(true);
    auto *words = new TextLabel(
        X11Guest::isPossible()
            ? tr("A remote desktop connects through a tunnel to the RDP port of a node, or of a host that "
                 "the node can reach. The node opens no port for it. Up to four are shown here side by side.")
            : tr("A remote desktop connects through a tunnel to the RDP port of a node, or of a host that "
                 "the node can reach. The node opens no port for it. Each opens in its own window and is "
                 "listed here."),
        TextRole::Body, Token::Text2);
    words->setWordWrap(true);
    words->setMaximumWidth(m.lines(30));
    auto *first
        = makeButton(u"desktopsFirst"_s, tr("Open a remote desktop"), Icon::Desktop, ButtonKind::Primary);
    markChange(first, "ssm:StartSession");
    connect(first, &QPushButton::clicked, this, [this] { openSheet(); });
    auto *line = new QHBoxLayout;
    line->addWidget(first);
    line->addStretch(1);
    auto *column = new QVBoxLayout(empty);
    column->setContentsMargins(0, m.step(3), 0, 0);
    column->setSpacing(m.step(3));
    column->addWidget(title);
    column->addWidget(words);
    column->addLayout(line);
    column->addStretch(1);
    return empty;
}

void DesktopsPage::openSheet(const QString &nodeId)
{
    auto *sheet = new DesktopSheet(m_fleet, m_screens.desktops(), window());
    if (!nodeId.isEmpty())
        sheet->setNode(nodeId);
    sheet->open();
}

void DesktopsPage::arrange()
{
    if (!m_screens.isShownBy(this))
        return; // a page that is about to go
    const QList<DesktopRow> rows = m_screens.desktops().rows();
    for (auto tile = m_tiles.begin(); tile != m_tiles.end();) {
        if (std::any_of(rows.begin(), rows.end(),
                        [&](const DesktopRow &row) { return row.number == tile->first; })) {
            ++tile;
            continue;
        }
        tile->second.frame->hide();
        tile->second.frame->deleteLater();
        tile = m_tiles.erase(tile);
    }
    int inGrid = 0;
    int shown = 0;
    for (const DesktopRow &row : rows)
        shown += m_screens.screen(row.number) ? 1 : 0;
    for (const DesktopRow &row : rows) {
        Tile &tile = m_tiles[row.number];
        if (!tile.frame) {
            tile.frame = Surface::card(m_body);
            tile.column = new QVBoxLayout(tile.frame);
            tile.column->setSpacing(0);
            tile.head = new DesktopHead(m_screens, row.number);
            tile.column->addWidget(tile.head);
            tile.edge = new Divider(Qt::Horizontal);
            tile.column->addWidget(tile.edge);
        }
        m_lines->removeWidget(tile.frame);
        m_grid->removeWidget(tile.frame);
        DesktopScreen *screen = m_screens.screen(row.number);
        tile.edge->setVisible(screen != nullptr);
        tile.column->setContentsMargins(1, 1, 1, screen ? Metrics::kCardRadius / 2 : 1);
        if (screen) {
            if (screen->parentWidget() != tile.frame) {
                tile.column->addWidget(screen, 1);
                screen->show();
            }
            // One fills it, two stand side by side, three and four two by two.
            m_grid->addWidget(tile.frame, inGrid / 2, inGrid % 2, 1, shown == 3 && inGrid == 2 ? 2 : 1);
            ++inGrid;
        } else {
            m_lines->addWidget(tile.frame);
        }
        tile.frame->show();
    }
    m_keys->setVisible(shown > 0);
    m_empty->setVisible(rows.isEmpty());
    m_body->setVisible(!rows.isEmpty());
    m_open->setVisible(!rows.isEmpty());
    const bool mayMore = rows.size() < m_screens.desktops().limits().most;
    m_open->setEnabled(mayMore);
    m_open->setToolTip(mayMore ? QString()
                               : tr("%n remote desktop(s) are open, which is the limit.", nullptr,
                                    static_cast<int>(rows.size())));
    m_head->setSubtitle(rows.isEmpty() ? QString() : tr("%n open", nullptr, static_cast<int>(rows.size())));
    updateTimes();
}

void DesktopsPage::updateTimes()
{
    for (const DesktopRow &row : m_screens.desktops().rows()) {
        const auto tile = m_tiles.find(row.number);
        if (tile == m_tiles.end())
            continue;
        tile->second.head->setRow(row,
                                  m_screens.screen(row.number)          ? DesktopHead::Where::Here
                                      : m_screens.hasWindow(row.number) ? DesktopHead::Where::OurWindow
                                                                        : DesktopHead::Where::ItsOwnWindow);
    }
}

}

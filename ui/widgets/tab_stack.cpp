#include "ui/widgets/tab_stack.h"

#include "ui/theme/theme.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/surface.h"

#include <QMenu>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace fb {

class TabStack::Bar final : public QTabBar
{
public:
    using QTabBar::QTabBar;
    using QTabBar::tabSizeHint;
};

namespace {
    const auto kKey = QStringLiteral("tab"); // in addresses
}

TabStack::TabStack(const QString &name, const QString &accessibleName, QWidget *parent)
    : QWidget(parent),
      m_line(new QHBoxLayout),
      m_bar(new Bar),
      m_more(makeIconButton(name + QStringLiteral("More"), Icon::More, tr("More tabs"))),
      m_parts(new QStackedWidget)
{
    const Metrics &m = themeOf(this).metrics();
    m_bar->setObjectName(name);
    m_bar->setAccessibleName(accessibleName);
    m_bar->setDrawBase(false);
    m_bar->setExpanding(false);
    auto *menu = new QMenu(m_more);
    m_more->setMenu(menu);
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->hide();
    connect(menu, &QMenu::aboutToShow, this, &TabStack::fillMenu);
    m_line->addWidget(m_bar);
    m_line->addWidget(m_more);
    m_line->addStretch(1);
    setInset(m.pageMargin(), 0);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(m_line);
    column->addWidget(new Divider(Qt::Horizontal));
    column->addWidget(m_parts, 1);
    connect(m_bar, &QTabBar::currentChanged, this, [this](int index) {
        m_parts->setCurrentIndex(index);
        fold();
        emit currentChanged(current());
    });
}

void TabStack::addTab(const QString &tab, const QString &title, QWidget *content)
{
    if (m_usual.isEmpty())
        m_usual = tab;
    m_parts->addWidget(content); // before the bar, which makes its first tab current at once
    m_bar->setTabData(m_bar->addTab(title), tab);
}

void TabStack::setInset(int bar, int parts)
{
    m_line->setContentsMargins(bar, 0, bar, 0);
    m_parts->setContentsMargins(0, parts, 0, 0);
}

void TabStack::setTitle(const QString &tab, const QString &title)
{
    if (const int index = indexOf(tab); index >= 0)
        m_bar->setTabText(index, title);
    fold();
}

void TabStack::fold()
{
    const QMargins sides = m_line->contentsMargins();
    const int room = width() - sides.left() - sides.right();
    QList<int> widths;
    int all = 0;
    for (int index = 0; index < m_bar->count(); ++index) {
        widths << m_bar->tabSizeHint(index).width();
        all += widths.last();
    }
    const int current = m_bar->currentIndex();
    const bool isNarrow = all > room;
    int left = isNarrow ? room - m_more->sizeHint().width() - m_line->spacing() - widths.value(current) : all;
    bool isFull = false;
    for (int index = 0; index < m_bar->count(); ++index) {
        if (index != current) {
            left -= isNarrow ? widths[index] : 0;
            isFull = isFull || left < 0;
        }
        m_bar->setTabVisible(index, index == current || !isFull);
    }
    m_more->setVisible(isNarrow);
}

void TabStack::fillMenu()
{
    QMenu *menu = m_more->menu();
    menu->clear();
    for (int index = 0; index < m_bar->count(); ++index) {
        if (!m_bar->isTabVisible(index))
            connect(menu->addAction(m_bar->tabText(index)), &QAction::triggered, this,
                    [this, index] { m_bar->setCurrentIndex(index); });
    }
}

void TabStack::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fold();
}

void TabStack::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange)
        fold();
}

void TabStack::setUsual(const QString &tab)
{
    m_usual = tab;
    setCurrent(tab);
}

int TabStack::indexOf(const QString &tab) const
{
    for (int index = 0; index < m_bar->count(); ++index) {
        if (m_bar->tabData(index) == tab)
            return index;
    }
    return -1;
}

QString TabStack::current() const { return m_bar->tabData(m_bar->currentIndex()).toString(); }

void TabStack::setCurrent(const QString &tab)
{
    const int index = indexOf(tab);
    m_bar->setCurrentIndex(index >= 0 ? index : qMax(0, indexOf(m_usual)));
}

void TabStack::writeTo(ViewState &view) const
{
    if (current() != m_usual)
        view.set(kKey, current());
}

void TabStack::readFrom(const ViewState &view) { setCurrent(view.value(kKey)); }

}

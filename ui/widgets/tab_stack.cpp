#include "ui/widgets/tab_stack.h"

#include "ui/theme/theme.h"
#include "ui/widgets/surface.h"

#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

namespace fb {

namespace {
    const auto kKey = QStringLiteral("tab"); // in addresses
}

TabStack::TabStack(const QString &name, const QString &accessibleName, QWidget *parent)
    : QWidget(parent),
      m_line(new QHBoxLayout),
      m_bar(new QTabBar),
      m_parts(new QStackedWidget)
{
    const Metrics &m = themeOf(this).metrics();
    m_bar->setObjectName(name);
    m_bar->setAccessibleName(accessibleName);
    m_bar->setDrawBase(false);
    m_bar->setExpanding(false);
    m_line->addWidget(m_bar);
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

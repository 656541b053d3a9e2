#include "ui/activity/list_panel.h"

#include "ui/widgets/icon_button.h"
#include "ui/widgets/scroll_box.h"
#include "ui/widgets/text_label.h"

#include <QVBoxLayout>

namespace fb {

ListPanel::ListPanel(const QString &name, const QString &emptyText, const QString &clearText, QWidget *parent)
    : QWidget(parent),
      m_empty(new TextLabel(emptyText, TextRole::Body, Token::Text2)),
      m_clear(makeButton(name + QStringLiteral("Clear"), clearText, Icon::None, ButtonKind::Plain)),
      m_cards(new QVBoxLayout)
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(name);
    m_empty->setObjectName(name + QStringLiteral("Empty"));
    m_empty->setWordWrap(true);
    auto *inside = new QWidget;
    auto *column = new QVBoxLayout(inside);
    column->setContentsMargins(m.step(3), m.step(2), m.step(3), m.step(3));
    column->setSpacing(m.step(2));
    column->addWidget(m_empty);
    m_cards->setSpacing(m.step(2));
    column->addLayout(m_cards);
    column->addStretch(1);
    auto *scroll = new ScrollBox(tr("List"));
    scroll->setContent(inside);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addWidget(scroll, 1);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(m.step(3), m.step(1), m.step(3), m.step(2));
    foot->addWidget(m_clear);
    foot->addStretch(1);
    all->addLayout(foot);
    setMinimumWidth(m.lines(13));
    connect(m_clear, &QPushButton::clicked, this, &ListPanel::clearClicked);
    setClearable(false);
}

void ListPanel::setCards(const QList<QWidget *> &cards)
{
    const QWidget *focus = isAncestorOf(window()->focusWidget()) ? window()->focusWidget() : nullptr;
    const QString focusName = focus ? focus->objectName() : QString();
    while (QLayoutItem *item = m_cards->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater(); // its own button may have been clicked
        delete item;
    }
    QWidget *again = nullptr;
    for (QWidget *card : cards) {
        m_cards->addWidget(card);
        if (!focusName.isEmpty() && !again)
            again = card->findChild<QWidget *>(focusName);
    }
    if (again)
        again->setFocus();
    m_empty->setVisible(cards.isEmpty());
}

void ListPanel::setClearable(bool clearable) { m_clear->setVisible(clearable); }

}

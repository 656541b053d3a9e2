#include "ui/widgets/page_head.h"

#include "ui/widgets/chip.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>

namespace fb {

PageHead::PageHead(QWidget *parent)
    : QWidget(parent),
      m_title(new TextLabel(TextRole::PageTitle, Token::Text, this)),
      m_chip(new Chip(this)),
      m_subtitle(new TextLabel(TextRole::Body, Token::Text2, this)),
      m_actionBox(new QWidget(this)),
      m_actions(new QHBoxLayout(m_actionBox)),
      m_factLine(new QWidget(this))
{
    const Metrics &m = themeOf(this).metrics();
    auto *line = new QHBoxLayout;
    line->setSpacing(m.step(2.5));
    line->addWidget(m_title);
    line->addWidget(m_chip);
    line->addWidget(m_subtitle, 0, Qt::AlignBottom);
    line->addStretch(1);
    m_actions->setContentsMargins(0, 0, 0, 0);
    m_actions->setSpacing(m.toolGap());
    line->addWidget(m_actionBox);
    m_title->setElided(Qt::ElideRight);
    m_title->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_title->setMinimumHeight(m.row());
    m_subtitle->setElided(Qt::ElideRight);
    m_subtitle->setMinimumHeight(m.row() - m.step(1));
    m_facts = new QHBoxLayout(m_factLine);
    m_facts->setContentsMargins(0, 0, 0, 0);
    m_facts->setSpacing(m.step(4.5));
    m_facts->addStretch(1);
    m_factLine->hide();
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(m.step(1));
    all->addLayout(line);
    all->addWidget(m_factLine);
}

void PageHead::setTitle(const QString &title) { m_title->setText(title); }

void PageHead::setSubtitle(const QString &subtitle)
{
    m_subtitle->setText(subtitle);
    m_subtitle->setVisible(!subtitle.isEmpty());
}

void PageHead::setChip(StateKind kind, const QString &word) { m_chip->setState(kind, word); }

void PageHead::addAction(QWidget *button)
{
    button->setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed); // words of actions are the last to go
    m_actions->addWidget(button);
}

void PageHead::setActionsEnabled(bool enabled) { m_actionBox->setEnabled(enabled); }

void PageHead::addActionsTo(QMenu *menu) const
{
    for (int i = 0; i < m_actions->count(); ++i) {
        auto *button = qobject_cast<QPushButton *>(m_actions->itemAt(i)->widget());
        if (!button || button->isHidden())
            continue;
        if (button->menu()) {
            menu->addActions(button->menu()->actions());
            continue;
        }
        QAction *action = menu->addAction(button->icon(), button->text());
        action->setEnabled(button->isEnabled() && !EditGate::waits(*button));
        if (EditGate::waits(*button))
            action->setToolTip(button->accessibleDescription());
        QObject::connect(action, &QAction::triggered, button, &QPushButton::click);
    }
}

void PageHead::addFact(QWidget *fact)
{
    m_facts->insertWidget(m_facts->count() - 1, fact);
    m_factLine->show();
}

}

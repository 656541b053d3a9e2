#include "ui/records/record_pane.h"

#include "ui/text/text_viewer.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/compare_list.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/fact_list.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/scroll_box.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/tag_row.h"
#include "ui/widgets/text_label.h"
#include "ui/widgets/wrap_layout.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPainter>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

RecordPane::RecordPane(QWidget *parent)
    : QWidget(parent),
      m_title(new TextLabel(TextRole::PaneTitle)),
      m_id(new TextLabel(TextRole::Code, Token::Text2)),
      m_idLine(new QWidget),
      m_chip(new Chip),
      m_actions(new WrapLayout(themeOf(this).metrics().step(1.5), themeOf(this).metrics().step(1.5))),
      m_tabs(new QTabBar),
      m_parts(new QStackedWidget),
      m_facts(new FactList),
      m_tags(new TagRow),
      m_compare(new CompareList),
      m_raw(new TextViewer(u"recordRaw"_s, tr("Raw text")))
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(u"recordPane"_s);
    setMinimumWidth(m.detailWidth());
    m_title->setObjectName(u"recordTitle"_s);
    m_title->setElided(Qt::ElideRight);
    m_id->setElided(Qt::ElideMiddle);
    m_id->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_tabs->setObjectName(u"recordTabs"_s);
    m_tabs->setAccessibleName(tr("Parts of the details"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->addTab(tr("Summary"));
    m_tabs->addTab(tr("Raw"));
    auto *close = makeIconButton(u"recordClose"_s, Icon::Close, tr("Close details"), this);
    auto *copy = makeIconButton(u"recordCopyId"_s, Icon::Copy, tr("Copy the ID"), this);
    copy->setIconSize(QSize(Metrics::kSmallIcon, Metrics::kSmallIcon));

    auto *head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(close);
    auto *idLine = new QHBoxLayout(m_idLine);
    idLine->setContentsMargins(0, 0, 0, 0);
    idLine->setSpacing(m.step(1));
    idLine->addWidget(m_id);
    idLine->addWidget(copy);
    idLine->addStretch(1);
    auto *chips = new QHBoxLayout;
    chips->addWidget(m_chip);
    chips->addStretch(1);
    auto *upper = new QVBoxLayout;
    upper->setContentsMargins(m.step(4.5), m.step(4), m.step(4.5), m.step(1));
    upper->setSpacing(m.step(2));
    upper->addLayout(head);
    upper->addWidget(m_idLine);
    upper->addLayout(chips);
    upper->addLayout(m_actions);

    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(m.step(4.5), m.step(3), m.step(4.5), m.step(5));
    column->setSpacing(m.step(3));
    column->addWidget(m_facts);
    column->addWidget(m_tags);
    column->addWidget(m_compare);
    column->addStretch(1);
    auto *scroll = new ScrollBox(tr("Details"));
    scroll->setContent(content);
    m_parts->addWidget(scroll);
    m_parts->addWidget(m_raw);
    auto *tabLine = new QHBoxLayout;
    tabLine->setContentsMargins(m.step(2), 0, 0, 0);
    tabLine->addWidget(m_tabs);
    tabLine->addStretch(1);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(1, 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(upper);
    all->addLayout(tabLine);
    all->addWidget(new Divider(Qt::Horizontal));
    all->addWidget(m_parts, 1);

    connect(close, &QToolButton::clicked, this, &RecordPane::closeClicked);
    connect(copy, &QToolButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_id->text()); });
    connect(m_tabs, &QTabBar::currentChanged, m_parts, &QStackedWidget::setCurrentIndex);
}

void RecordPane::show(const RecordDetail &detail)
{
    m_title->setText(detail.title);
    m_id->setText(detail.id);
    m_idLine->setVisible(!detail.id.isEmpty());
    m_chip->setState(detail.state, detail.stateWord);
    m_chip->setVisible(!detail.stateWord.isEmpty());
    m_facts->setFacts(detail.facts);
    m_tags->setTags(detail.tags);
    m_tags->setVisible(!detail.tags.isEmpty());
    m_compare->show(detail.comparison);
    m_compare->setVisible(!detail.comparison.values.isEmpty());
    m_raw->setText(detail.raw);
    m_tabs->setTabVisible(1, !detail.raw.isEmpty());
    setActions(detail.actions);
    QWidget::show();
}

void RecordPane::setActions(const QList<RecordAction> &actions)
{
    // The same buttons stay while only what they do changes: one that has the focus keeps it.
    const auto isSame
        = [](const RecordAction &a, const RecordAction &b) { return a.name == b.name && a.text == b.text; };
    const bool same
        = std::equal(actions.begin(), actions.end(), m_shownActions.begin(), m_shownActions.end(), isSame);
    m_shownActions = actions;
    if (!same) {
        while (QLayoutItem *item = m_actions->takeAt(0)) {
            delete item->widget();
            delete item;
        }
        for (qsizetype i = 0; i < actions.size(); ++i) {
            auto *button = makeButton(actions[i].name, actions[i].text, actions[i].icon);
            if (actions[i].changes)
                markChange(button, actions[i].action);
            else if (actions[i].action)
                markAction(button, actions[i].action);
            connect(button, &QPushButton::clicked, this, [this, i] { m_shownActions[i].run(); });
            m_actions->addWidget(button);
        }
    }
    for (qsizetype i = 0; i < actions.size(); ++i) {
        QWidget *button = m_actions->itemAt(static_cast<int>(i))->widget();
        button->setEnabled(actions[i].forbidden.isEmpty());
        button->setToolTip(actions[i].forbidden);
    }
}

void RecordPane::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Token::Base));
    painter.fillRect(QRect(0, 0, 1, height()), theme.color(Token::Border));
}

}

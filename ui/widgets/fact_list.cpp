#include "ui/widgets/fact_list.h"

#include "ui/widgets/text_label.h"

#include <QGridLayout>

namespace fb {

FactList::FactList(QWidget *parent) : QWidget(parent), m_grid(new QGridLayout(this))
{
    const Metrics &m = themeOf(this).metrics();
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(m.step(2));
    m_grid->setVerticalSpacing(m.step(1));
    m_grid->setColumnMinimumWidth(0, m.labelColumn());
    m_grid->setColumnStretch(1, 1);
}

void FactList::setFacts(const QList<QPair<QString, QString>> &facts)
{
    if (facts == m_facts)
        return;
    const bool sameLabels = facts.size() == m_facts.size()
        && std::equal(facts.begin(), facts.end(), m_facts.begin(),
                      [](const auto &a, const auto &b) { return a.first == b.first; });
    m_facts = facts;
    if (sameLabels) { // only values move: keep the labels, and a selection in them
        for (int row = 0; row < facts.size(); ++row)
            static_cast<QLabel *>(m_grid->itemAtPosition(row, 1)->widget())->setText(facts[row].second);
        return;
    }
    while (QLayoutItem *item = m_grid->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (int row = 0; row < facts.size(); ++row) {
        auto *label = new TextLabel(facts[row].first, TextRole::Body, Token::Text2, this);
        auto *value = new TextLabel(facts[row].second, TextRole::Body, Token::Text, this);
        value->setWrapsAnywhere(themeOf(this).metrics().lines(4)); // a path or an ARN is not cut off
        const int least = themeOf(this).metrics().line() + themeOf(this).metrics().step(0.5);
        label->setMinimumHeight(least); // the same line in every script
        value->setMinimumHeight(least);
        value->setAccessibleName(QStringLiteral("%1: %2").arg(facts[row].first, facts[row].second));
        m_grid->addWidget(label, row, 0, Qt::AlignTop);
        m_grid->addWidget(value, row, 1, Qt::AlignTop);
        label->show(); // a layout shows what is added late only when it comes to its events
        value->show();
    }
}

}

#include "ui/widgets/compare_list.h"

#include "ui/widgets/icon_label.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

CompareList::CompareList(QWidget *parent) : QWidget(parent), m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
}

void CompareList::show(const Comparison &comparison)
{
    if (comparison == m_shown)
        return;
    m_shown = comparison;
    const Metrics &m = themeOf(this).metrics();
    delete m_content;
    m_content = new QWidget;
    auto *column = new QVBoxLayout(m_content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(m.step(0.5));
    m_column->addWidget(m_content);
    addPair({}, comparison.leftTitle, comparison.rightTitle, true);
    for (const ComparedValue &value : comparison.values) {
        const bool differs = value.left != value.right;
        auto *head = new QHBoxLayout;
        head->setSpacing(m.step(1));
        head->addWidget(new TextLabel(value.label, TextRole::Body, Token::Text2));
        if (differs) {
            auto *icon = new IconLabel(Icon::Notice, Token::Text2, Metrics::kSmallIcon);
            icon->setTone(Tone::Waiting);
            //: beside a value that is not the same on both sides
            auto *word = new TextLabel(tr("differs"), TextRole::Body);
            word->setTone(Tone::Waiting);
            head->addWidget(icon);
            head->addWidget(word);
        }
        head->addStretch(1);
        column->addSpacing(m.step(1));
        column->addLayout(head);
        addPair(value.label, value.left, value.right, false);
    }
    m_content->show();
}

void CompareList::addPair(const QString &label, const QString &left, const QString &right, bool isTitle)
{
    auto *line = new QHBoxLayout;
    line->setSpacing(themeOf(this).metrics().step(3));
    const auto add = [&](const QString &title, const QString &value) {
        auto *text = new TextLabel(value.isEmpty() ? u"\u2013"_s : value,
                                   isTitle ? TextRole::SmallMedium : TextRole::Body,
                                   isTitle ? Token::Text2 : Token::Text);
        text->setElided(Qt::ElideMiddle);
        if (!isTitle) {
            text->setTextInteractionFlags(Qt::TextSelectableByMouse);
            text->setAccessibleName(u"%1, %2: %3"_s.arg(label, title, text->text()));
        }
        line->addWidget(text, 1);
    };
    add(m_shown.leftTitle, left);
    add(m_shown.rightTitle, right);
    static_cast<QVBoxLayout *>(m_content->layout())->addLayout(line);
}

}

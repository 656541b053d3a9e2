#include "ui/widgets/late_page.h"

#include "ui/theme/theme.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/text_label.h"
#include "ui/widgets/waiting_note.h"

#include <QStackedLayout>
#include <QVBoxLayout>

namespace fb {

LatePage::LatePage(const QString &address, const QString &crumb, QWidget *parent)
    : Page(address, parent),
      m_stack(new QStackedLayout(this)),
      m_missing(new TextLabel(TextRole::Body, Token::Text2))
{
    const Metrics &m = themeOf(this).metrics();
    setCrumb(crumb);
    m_missing->setObjectName(QStringLiteral("lateMissing"));
    m_missing->setWordWrap(true);
    m_missing->setMaximumWidth(m.lines(34));
    auto *list = makeButton(QStringLiteral("lateList"), tr("Show the list"), Icon::Back);
    connect(list, &QPushButton::clicked, this,
            [this] { emit navigate(this->address().section(u'/', 0, 0)); });
    auto *missing = new QWidget;
    auto *column = new QVBoxLayout(missing);
    column->setContentsMargins(m.pageMargin(), m.step(4), m.pageMargin(), 0);
    column->setSpacing(m.step(3));
    column->addWidget(m_missing);
    column->addWidget(list, 0, Qt::AlignLeft);
    column->addStretch(1);
    m_stack->addWidget(new WaitingNote(tr("Reading...")));
    m_stack->addWidget(missing);
}

void LatePage::setMissing(const QString &sentence)
{
    m_missing->setText(sentence);
    m_stack->setCurrentIndex(1);
}

}

#include "ui/widgets/waiting_note.h"

#include "ui/widgets/text_label.h"

#include <QVBoxLayout>

namespace fb {

namespace {
    constexpr auto kUnnoticed = std::chrono::milliseconds(100);
}

WaitingNote::WaitingNote(const QString &text, QWidget *parent)
    : QWidget(parent),
      m_text(new TextLabel(text, TextRole::Body, Token::Text2))
{
    const Metrics &m = themeOf(this).metrics();
    m_text->setObjectName(QStringLiteral("waitingNote"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(m.pageMargin(), m.step(4), m.pageMargin(), 0);
    column->addWidget(m_text);
    column->addStretch(1);
    m_text->hide();
    m_late.setSingleShot(true);
    m_late.setInterval(kUnnoticed);
    connect(&m_late, &QTimer::timeout, m_text, &QWidget::show);
}

void WaitingNote::showEvent(QShowEvent *event)
{
    m_text->hide();
    m_late.start();
    QWidget::showEvent(event);
}

}

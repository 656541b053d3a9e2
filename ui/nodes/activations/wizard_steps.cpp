#include "ui/nodes/activations/wizard_steps.h"

#include "ui/theme/flagbridge_style.h"

#include <QPainter>

namespace fb {

WizardSteps::WizardSteps(const QStringList &titles, QWidget *parent) : QWidget(parent), m_titles(titles)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setCurrent(0);
}

void WizardSteps::setCurrent(int step)
{
    m_current = step;
    setAccessibleName(tr("Step %1 of %2: %3").arg(step + 1).arg(m_titles.size()).arg(m_titles.value(step)));
    update();
}

QSize WizardSteps::sizeHint() const
{
    const Metrics &m = themeOf(this).metrics();
    return {m.lines(24), m.step(6)};
}

void WizardSteps::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    const Metrics &m = theme.metrics();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int disc = m.step(5.5);
    int x = 1;
    for (int step = 0; step < m_titles.size(); ++step) {
        const QRect round(x, (height() - disc) / 2, disc, disc);
        const bool isCurrent = step == m_current;
        drawOutline(&painter, round, disc / 2.0, theme.color(isCurrent ? Token::Accent : Token::BorderStrong),
                    isCurrent ? theme.color(Token::Accent) : QColor(Qt::transparent));
        painter.setFont(theme.font(TextRole::SmallMedium));
        if (step < m_current) {
            painter.drawPixmap(round.center().x() - 6, round.center().y() - 6,
                               theme.pixmap(Icon::Check, theme.toneText(Tone::Success), Metrics::kSmallIcon,
                                            devicePixelRatioF(), Stroke::Status));
        } else {
            painter.setPen(theme.color(isCurrent ? Token::OnAccent : Token::Text2));
            painter.drawText(round, Qt::AlignCenter, QString::number(step + 1));
        }
        x = round.right() + m.step(2);
        painter.setFont(theme.font(isCurrent ? TextRole::SectionHeading : TextRole::Body));
        painter.setPen(theme.color(isCurrent ? Token::Text : Token::Text2));
        const int words = painter.fontMetrics().horizontalAdvance(m_titles[step]) + 2;
        painter.drawText(QRect(x, 0, words, height()), Qt::AlignVCenter | Qt::AlignLeft, m_titles[step]);
        x += words + m.step(3);
        if (step + 1 < m_titles.size()) {
            painter.setPen(QPen(theme.color(Token::BorderStrong), 1));
            painter.drawLine(x, height() / 2, x + m.step(5), height() / 2);
            x += m.step(8);
        }
    }
}

}

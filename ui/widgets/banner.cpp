#include "ui/widgets/banner.h"

#include "models/table/plain_tool_tip.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QPainter>

namespace fb {

Banner::Banner(QWidget *parent)
    : QWidget(parent),
      m_statement(new TextLabel(TextRole::SectionHeading, Token::Text, this)),
      m_sentence(new TextLabel(TextRole::Body, Token::Text, this)),
      m_action(makeButton(QStringLiteral("bannerAction"), {}, Icon::None, ButtonKind::Normal, this))
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(QStringLiteral("banner"));
    auto *dismiss = makeIconButton(QStringLiteral("bannerDismiss"), Icon::Close, tr("Dismiss"), this);
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(m.step(3) + Metrics::kIcon + m.step(2), m.step(1.5), m.step(1.5), m.step(1.5));
    line->setSpacing(m.toolGap());
    line->addWidget(m_statement);
    line->addWidget(m_sentence, 1);
    line->addWidget(m_action);
    line->addWidget(dismiss);
    m_sentence->setWordWrap(true);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_statement->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    connect(m_action, &QPushButton::clicked, this, &Banner::actionClicked);
    connect(dismiss, &QToolButton::clicked, this, [this] {
        hide();
        emit dismissed();
    });
    m_action->hide();
    hide();
}

void Banner::showMessage(Tone tone, Icon icon, const QString &statement, const QString &sentence)
{
    m_tone = tone;
    m_icon = icon;
    m_statement->setText(statement);
    m_sentence->setText(sentence);
    setAccessibleName(statement);
    setAccessibleDescription(sentence);
    m_sentence->setToolTip({});
    show();
    update();
}

void Banner::showProblem(const ShownError &problem, const QString &statement)
{
    showMessage(Tone::Failed, Icon::FieldError, statement,
                QStringLiteral("%1 %2").arg(problem.headline(), problem.message));
    m_sentence->setToolTip(plainToolTip(
        problem.field.isEmpty() ? problem.code : QStringLiteral("%1: %2").arg(problem.code, problem.field)));
}

void Banner::setAction(const QString &text)
{
    m_action->setText(text);
    m_action->setVisible(!text.isEmpty());
}

QString Banner::statement() const { return isHidden() ? QString() : m_statement->text(); }

void Banner::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    const Metrics &m = theme.metrics();
    QPainter painter(this);
    drawOutline(&painter, rect(), Metrics::kButtonRadius, theme.toneOutline(m_tone), theme.toneSoft(m_tone));
    painter.drawPixmap(
        m.step(3), (height() - Metrics::kIcon) / 2,
        theme.pixmap(m_icon, theme.toneText(m_tone), Metrics::kIcon, devicePixelRatioF(), Stroke::Status));
}

}

#include "ui/widgets/banner.h"

#include "models/table/relative_time.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/text_label.h"

#include <QClipboard>
#include <QDateTime>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

namespace fb {

namespace {
    constexpr qsizetype kMostSaid = 2000; // characters of the engine's words
}

Banner::Banner(QWidget *parent)
    : QWidget(parent),
      m_statement(new TextLabel(TextRole::SectionHeading, Token::Text, this)),
      m_sentence(new TextLabel(TextRole::Body, Token::Text, this)),
      m_action(makeButton(QStringLiteral("bannerAction"), {}, Icon::None, ButtonKind::Normal, this)),
      m_more(new TextLabel(TextRole::Body, Token::Text2, this)),
      m_detailsButton(makeIconButton(QStringLiteral("bannerDetails"), Icon::Expand, tr("Details"), this)),
      m_details(new QWidget(this)),
      m_detailsText(new TextLabel(TextRole::Code, Token::Text2, m_details))
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(QStringLiteral("banner"));
    auto *dismiss = makeIconButton(QStringLiteral("bannerDismiss"), Icon::Close, tr("Dismiss"), this);
    auto *copy
        = makeButton(QStringLiteral("bannerCopy"), tr("Copy"), Icon::Copy, ButtonKind::Plain, m_details);
    copy->setToolTip(tr("Copy the problem with its details"));
    auto *lines = new QVBoxLayout(this);
    lines->setSpacing(0);
    auto *details = new QHBoxLayout(m_details);
    details->setContentsMargins(0, m.step(1), 0, 0);
    details->setSpacing(m.toolGap());
    details->addWidget(m_detailsText);
    details->addWidget(copy);
    details->addStretch(1);
    auto *line = new QHBoxLayout;
    lines->addLayout(line);
    lines->addWidget(m_details);
    line->setSpacing(m.toolGap());
    line->addWidget(m_statement);
    line->addWidget(m_sentence, 1);
    line->addWidget(m_more);
    line->addWidget(m_action);
    line->addWidget(m_detailsButton);
    line->addWidget(dismiss);
    m_detailsButton->setCheckable(true);
    connect(m_detailsButton, &QToolButton::clicked, this, [this] { showDetails(m_details->isHidden()); });
    connect(copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(
            QStringList {m_now.statement, m_now.sentence, m_now.details}.join(u'\n'));
    });
    // A long name or path, which has no place to break at, must neither widen the page nor be cut off.
    m_statement->setWrapsAnywhere(m.lines(13));
    m_sentence->setWrapsAnywhere(m.lines(6));
    m_detailsText->setWrapsAnywhere(m.lines(6));
    connect(m_action, &QPushButton::clicked, this, &Banner::actionClicked);
    connect(dismiss, &QToolButton::clicked, this, [this] {
        if (!m_earlier.isEmpty())
            return put(m_earlier.takeLast());
        hide();
        emit dismissed();
    });
    fill({}); // not shown: it has no parent yet, and would be a window
    hide();
}

void Banner::put(const Shown &shown)
{
    fill(shown);
    show();
    update();
}

void Banner::fill(const Shown &shown)
{
    m_now = shown;
    const Metrics &m = themeOf(this).metrics();
    const int icon = shown.icon == Icon::None ? 0 : Metrics::kIcon + m.step(2);
    layout()->setContentsMargins(m.step(3) + icon, m.step(1.5), m.step(1.5), m.step(1.5));
    m_statement->setText(shown.statement);
    m_sentence->setText(shown.sentence);
    setAccessibleName(shown.statement);
    setAccessibleDescription(shown.sentence);
    m_detailsText->setText(shown.details);
    m_detailsButton->setVisible(!shown.details.isEmpty());
    showDetails(false);
    m_more->setVisible(!m_earlier.isEmpty());
    m_more->setText(tr("and %n more", nullptr, static_cast<int>(m_earlier.size())));
    setAction(shown.action);
}

void Banner::showDetails(bool shown)
{
    m_details->setVisible(shown);
    m_detailsButton->setChecked(shown);
}

void Banner::showMessage(Tone tone, Icon icon, const QString &statement, const QString &sentence)
{
    m_earlier.clear();
    put({tone, icon, statement, sentence, {}, m_now.action});
}

void Banner::showProblem(const ShownError &problem, const QString &statement)
{
    QStringList details {problem.code};
    if (!problem.field.isEmpty())
        details << problem.field;
    details << RelativeTime::exact(fromMicros(QDateTime::currentMSecsSinceEpoch() * 1000));
    const Shown fresh {Tone::Failed,
                       Icon::FieldError,
                       statement,
                       problem.words(kMostSaid, u'\n'),
                       details.join(QStringLiteral("   ")),
                       {}};
    const auto isSame = [&fresh](const Shown &other) {
        return other.statement == fresh.statement && other.sentence == fresh.sentence;
    };
    if (isHidden())
        m_earlier.clear();
    else if (m_now.tone == Tone::Failed && !isSame(m_now))
        m_earlier.append(m_now);
    m_earlier.removeIf(isSame); // the same once more stands once
    const QString action = isHidden() || isSame(m_now) ? m_now.action : QString();
    put(fresh);
    setAction(action);
}

void Banner::setAction(const QString &text)
{
    m_now.action = text;
    m_action->setText(text);
    m_action->setVisible(!text.isEmpty());
}

QString Banner::statement() const { return isHidden() ? QString() : m_statement->text(); }

void Banner::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    const Metrics &m = theme.metrics();
    QPainter painter(this);
    drawOutline(&painter, rect(), Metrics::kButtonRadius, theme.toneOutline(m_now.tone),
                theme.toneSoft(m_now.tone));
    painter.drawPixmap(m.step(3), m_sentence->geometry().center().y() - Metrics::kIcon / 2,
                       theme.pixmap(m_now.icon, theme.toneText(m_now.tone), Metrics::kIcon,
                                    devicePixelRatioF(), Stroke::Status));
}

}

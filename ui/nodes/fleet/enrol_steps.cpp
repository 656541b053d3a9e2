#include "ui/nodes/fleet/enrol_steps.h"

#include "models/nodes/activations/enrolment_texts.h"
#include "models/table/relative_time.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/text_label.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPainter>
#include <QRegularExpression>
#include <QSpinBox>
#include <QUrl>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    class StepNumber final : public QWidget
    {
    public:
        StepNumber(int number, bool current, QWidget *parent)
            : QWidget(parent),
              m_number(number),
              m_current(current)
        {
            const int side = themeOf(this).metrics().step(6);
            setFixedSize(side, side);
        }

    protected:
        void paintEvent(QPaintEvent *) override
        {
            const Theme &theme = themeOf(this);
            QPainter painter(this);
            drawOutline(&painter, rect(), width() / 2.0,
                        m_current ? QColor(Qt::transparent) : theme.color(Token::BorderStrong),
                        m_current ? theme.color(Token::Accent) : QColor(Qt::transparent));
            painter.setFont(theme.font(TextRole::SmallMedium));
            painter.setPen(theme.color(m_current ? Token::OnAccent : Token::Text2));
            painter.drawText(rect(), Qt::AlignCenter, QString::number(m_number));
        }

    private:
        int m_number;
        bool m_current;
    };

    // Long commands are shown in lines that a shell joins again.
    QString folded(const QString &command)
    {
        QString text = command;
        text.replace(QRegularExpression(u" (--(?:activation-id|activation-code|ca-sha256))"_s),
                     u" \\\n    \\1"_s);
        return text;
    }
}

EnrolSteps::EnrolSteps(FleetViewModel &fleet, QWidget *parent)
    : QWidget(parent),
      m_fleet(fleet),
      m_limit(new QSpinBox),
      m_validFor(new QComboBox),
      m_tags(new QLineEdit),
      m_create(makeButton(u"createActivation"_s, tr("Create activation"), Icon::None, ButtonKind::Primary)),
      m_banner(new Banner),
      m_command(new TextLabel(TextRole::Code, Token::Text2)),
      m_onceNote(new TextLabel(TextRole::Small, Token::Text3)),
      m_listening(new TextLabel(TextRole::Body, Token::Text2))
{
    markChange(m_create, "ssm:CreateActivation");
    const Metrics &m = themeOf(this).metrics();
    m_limit->setObjectName(u"activationLimit"_s);
    m_limit->setRange(1, 1000);
    m_limit->setValue(10);
    m_limit->setFixedWidth(m.lines(6.5));
    m_validFor->setObjectName(u"activationValidFor"_s);
    for (const int hours : {1, 24, 7 * 24, 30 * 24})
        m_validFor->addItem(hours == 1        ? tr("1 hour")
                                : hours == 24 ? tr("24 hours")
                                              : tr("%n day(s)", nullptr, hours / 24),
                            hours);
    m_validFor->setCurrentIndex(2);
    m_validFor->setFixedWidth(m.lines(6.5));
    m_tags->setObjectName(u"activationTags"_s);
    m_tags->setPlaceholderText(u"env=prod role=web"_s);
    m_tags->setMinimumWidth(m.lines(6));
    m_tags->setMaximumWidth(m.lines(10));
    m_tagsField = new FormField(tr("Tags given to each node"), m_tags);

    auto *fields = new QWidget;
    auto *line = new QHBoxLayout;
    line->setSpacing(m.fieldGap());
    line->addWidget(new FormField(tr("Nodes that may join"), m_limit), 0, Qt::AlignTop);
    line->addWidget(new FormField(tr("Valid for"), m_validFor), 0, Qt::AlignTop);
    line->addWidget(m_tagsField, 0, Qt::AlignTop);
    auto *buttonBox = new QVBoxLayout; // level with the fields, under an empty label
    buttonBox->setSpacing(m.step(1));
    auto *level = new TextLabel(QStringLiteral(" "), TextRole::Body);
    level->setMinimumHeight(m.step(5));
    buttonBox->addWidget(level);
    buttonBox->addSpacing(1); // a button is 2 px lower than a field
    buttonBox->addWidget(m_create);
    buttonBox->addStretch(1);
    line->addLayout(buttonBox);
    line->addStretch(1);
    auto *formColumn = new QVBoxLayout(fields);
    formColumn->setContentsMargins(0, m.step(2), 0, 0);
    formColumn->addLayout(line);
    formColumn->addWidget(m_banner);

    auto *code = new Surface(Token::Sunken);
    code->setOutline(Token::Border, Metrics::kButtonRadius);
    m_copy = makeIconButton(u"copyInstallCommand"_s, Icon::Copy, tr("Copy the command"), code);
    m_copy->setEnabled(false);
    m_command->setObjectName(u"installCommand"_s);
    m_command->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_command->setFocusPolicy(Qt::ClickFocus);
    m_command->setAccessibleName(tr("Install command"));
    m_command->setText(tr("The command appears here when the activation is created."));
    m_command->setWordWrap(true);
    auto *codeLine = new QHBoxLayout(code);
    codeLine->setContentsMargins(m.step(3), m.step(2.5), m.step(2), m.step(2.5));
    codeLine->addWidget(m_command, 1);
    codeLine->addWidget(m_copy, 0, Qt::AlignTop);
    m_onceNote->setWordWrap(true);
    m_onceNote->hide();
    auto *commandBox = new QWidget;
    auto *commandColumn = new QVBoxLayout(commandBox);
    commandColumn->setContentsMargins(0, m.step(2), 0, 0);
    commandColumn->setSpacing(m.step(1.5));
    commandColumn->addWidget(code);
    commandColumn->addWidget(m_onceNote);

    auto *listening = new QWidget;
    auto *listenLine = new QHBoxLayout(listening);
    listenLine->setContentsMargins(0, 0, 0, 0);
    listenLine->setSpacing(m.step(2));
    m_listening->setWordWrap(true);
    listenLine->addWidget(new IconLabel(Icon::Listening), 0, Qt::AlignTop);
    listenLine->addWidget(m_listening, 1);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeStep(
        1, tr("Create an activation"),
        tr("A code that nodes use once to join. It works for the number of nodes and days you allow."),
        fields, true));
    column->addWidget(new Divider(Qt::Horizontal));
    column->addWidget(makeStep(2, tr("Install the agent and register it"),
                               tr("The agent dials out over TLS. No port is opened on the node."), commandBox,
                               false));
    column->addWidget(new Divider(Qt::Horizontal));
    column->addWidget(makeStep(3, tr("Watch it appear"), {}, listening, false));

    connect(m_create, &QPushButton::clicked, this, &EnrolSteps::create);
    connect(m_tags, &QLineEdit::returnPressed, this, &EnrolSteps::create);
    connect(m_tags, &QLineEdit::textEdited, this, [this] { m_tagsField->setError({}); });
    connect(static_cast<QToolButton *>(m_copy), &QToolButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_commandText); });
    connect(&m_fleet, &FleetViewModel::activationMade, this, [this](const ActivationMade &activation) {
        if (activation.requestId == m_request)
            showCommand(activation);
    });
    connect(&m_fleet, &FleetViewModel::activationRefused, this,
            [this](const QString &request, const ShownError &problem) {
                if (request != m_request)
                    return;
                m_create->setEnabled(true);
                if (problem.field.startsWith(u"Tags"))
                    m_tagsField->setError(problem.message);
                else
                    m_banner->showProblem(problem, tr("No activation was created."));
            });
}

void EnrolSteps::showEvent(QShowEvent *event)
{
    const QUrl url(m_fleet.agentUrl());
    m_listening->setText(tr("Listening on %1. The node appears here a second or two after it connects.")
                             .arg(u"%1:%2"_s.arg(url.host()).arg(url.port())));
    QWidget::showEvent(event);
}

QWidget *EnrolSteps::makeStep(int number, const QString &title, const QString &sentence, QWidget *content,
                              bool current)
{
    const Metrics &m = themeOf(this).metrics();
    auto *step = new QWidget(this);
    auto *line = new QHBoxLayout(step);
    line->setContentsMargins(m.step(5.5), m.step(4.5), m.step(5.5), m.step(4.5));
    line->setSpacing(m.step(3.5));
    line->addWidget(new StepNumber(number, current, step), 0, Qt::AlignTop);
    auto *column = new QVBoxLayout;
    column->setSpacing(m.step(1));
    auto *heading = new TextLabel(title, TextRole::SectionHeading, Token::Text, step);
    heading->setMinimumHeight(m.step(6));
    column->addWidget(heading);
    if (!sentence.isEmpty()) {
        auto *words = new TextLabel(sentence, TextRole::Body, Token::Text2, step);
        words->setWordWrap(true);
        column->addWidget(words);
    }
    column->addWidget(content);
    line->addLayout(column, 1);
    return step;
}

void EnrolSteps::create()
{
    if (!m_create->isEnabled() || EditGate::waits(*m_create))
        return;
    ActivationWish wish;
    wish.registrationLimit = m_limit->value();
    wish.validFor = std::chrono::hours(m_validFor->currentData().toInt());
    // The engine's limit is "at most 30 days from now", and its now is later than ours.
    wish.validFor -= std::chrono::minutes(wish.validFor > std::chrono::hours(24) ? 5 : 0);
    static const QRegularExpression kParts(u"[\\s,]+"_s);
    wish.tags = m_tags->text().split(kParts, Qt::SkipEmptyParts);
    for (const QString &tag : std::as_const(wish.tags)) {
        if (tag.indexOf(u'=') <= 0) {
            m_tagsField->setError(tr("Write each tag as key=value, for example env=prod."));
            m_tags->setFocus();
            return;
        }
    }
    m_banner->hide();
    m_create->setEnabled(false);
    m_request = m_fleet.createActivation(wish);
}

void EnrolSteps::showCommand(const ActivationMade &activation)
{
    m_create->setEnabled(true);
    m_create->setText(tr("Create another activation"));
    setButtonKind(m_create, ButtonKind::Normal);
    m_create->setMinimumWidth(m_create->sizeHint().width()); // the fields beside it give way
    m_commandText = EnrolmentTexts::text(activation, EnrolmentWay::Command);
    m_command->setToken(Token::Text);
    m_command->setText(folded(m_commandText));
    m_copy->setEnabled(true);
    m_onceNote->setText(tr("The code is shown only once. It is valid until %1.")
                            .arg(RelativeTime::exact(activation.expires)));
    m_onceNote->show();
}

}

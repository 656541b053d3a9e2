#include "ui/nodes/activations/enrol_wizard.h"

#include "models/table/relative_time.h"
#include "models/table/visible_text.h"
#include "ui/nodes/activations/wizard_steps.h"
#include "ui/nodes/fleet/tag_editor.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/lines_field.h"
#include "ui/widgets/text_label.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QRadioButton>
#include <QRegularExpression>
#include <QSpinBox>
#include <QStackedWidget>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    enum Step { Who, How, Install };
    constexpr qsizetype kNamesTold = 6;
}

EnrolWizard::EnrolWizard(FleetViewModel &fleet, QWidget *window)
    : Sheet(tr("Enrol nodes"), window),
      m_fleet(fleet),
      m_steps(new WizardSteps({tr("Who may join"), tr("How"), tr("Install and watch")})),
      m_banner(new Banner),
      m_parts(new QStackedWidget),
      m_back(makeButton(u"enrolBack"_s, tr("Back"))),
      m_next(makeButton(u"enrolNext"_s, tr("Next"), Icon::None, ButtonKind::Primary))
{
    setObjectName(u"enrolWizard"_s);
    body()->addWidget(m_steps);
    body()->addWidget(m_banner);
    m_parts->addWidget(makeWhoStep());
    m_parts->addWidget(makeHowStep());
    m_parts->addWidget(makeInstallStep());
    body()->addWidget(m_parts, 1);
    foot()->addWidget(m_back);
    foot()->addStretch(1);
    foot()->addWidget(m_next);
    connect(m_back, &QPushButton::clicked, this, [this] { go(step() - 1); });
    connect(m_next, &QPushButton::clicked, this, &EnrolWizard::next);
    connect(&m_fleet, &FleetViewModel::activationMade, this, [this](const ActivationMade &made) {
        if (made.requestId != m_request)
            return;
        m_made = made;
        m_whoFields->setEnabled(false);
        m_fixed->show();
        go(Install);
    });
    connect(&m_fleet, &FleetViewModel::activationRefused, this,
            [this](const QString &request, const ShownError &problem) {
                if (request != m_request)
                    return;
                m_next->setEnabled(true);
                m_banner->showProblem(problem, tr("No activation was created."));
                if (problem.field.startsWith(u"DefaultInstanceName")) {
                    go(Who);
                    m_nameField->setError(problem.message);
                    m_name->setFocus();
                } else if (problem.field.startsWith(u"AllowedNetworks")) {
                    go(Who);
                    m_networksField->setError(problem.message);
                    m_networks->setFocus();
                }
            });
    connect(&m_fleet.nodes(), &QAbstractItemModel::rowsInserted, this, &EnrolWizard::updateJoined);
    connect(&m_fleet.nodes(), &QAbstractItemModel::dataChanged, this, &EnrolWizard::updateJoined);
    connect(&m_fleet, &FleetViewModel::countsChanged, this, &EnrolWizard::updateJoined);
    go(Who);
}

int EnrolWizard::step() const { return m_parts->currentIndex(); }

QWidget *EnrolWizard::makeWhoStep()
{
    const Metrics &m = themeOf(this).metrics();
    m_limit = new QSpinBox;
    m_limit->setObjectName(u"enrolLimit"_s);
    m_limit->setRange(1, 1000);
    m_limit->setValue(10);
    m_limit->setFixedWidth(m.lines(6.5));
    m_validFor = new QComboBox;
    m_validFor->setObjectName(u"enrolValidFor"_s);
    for (const int hours : {1, 24, 7 * 24, 30 * 24})
        m_validFor->addItem(hours == 1        ? tr("1 hour")
                                : hours == 24 ? tr("24 hours")
                                              : tr("%n day(s)", nullptr, hours / 24),
                            hours);
    m_validFor->setCurrentIndex(1);
    m_validFor->setFixedWidth(m.lines(8));
    m_profile = new QComboBox;
    m_profile->setObjectName(u"enrolProfile"_s);
    m_profile->addItems(m_fleet.profiles());
    m_profile->setCurrentText(u"Default"_s);
    m_profile->setFixedWidth(m.lines(9));
    m_name = new QLineEdit;
    m_name->setObjectName(u"enrolName"_s);
    m_name->setMaxLength(256);
    m_nameField = new FormField(tr("Default name of the nodes"), m_name,
                                tr("Optional. Without it each node shows its host name."), true);
    m_tags = new TagEditor;
    m_approval
        = new QCheckBox(tr("Require approval: each node waits in quarantine until an operator approves it"));
    m_approval->setObjectName(u"enrolApproval"_s);
    m_networks = new QLineEdit;
    m_networks->setObjectName(u"enrolNetworks"_s);
    m_networks->setMaxLength(1300); // twenty of them
    m_networks->setPlaceholderText(u"10.20.0.0/16, 2001:db8::/32"_s);
    m_networksField = new FormField(
        tr("Allowed addresses"), m_networks,
        tr("Optional. Addresses or networks. If empty, nodes may connect from anywhere."), true);
    m_fixed = new TextLabel(tr("The activation is created. These values can no longer be changed."),
                            TextRole::Body, Token::Text2);
    m_fixed->setWordWrap(true);
    m_fixed->hide();
    m_whoFields = new QWidget;
    auto *numbers = new QHBoxLayout;
    numbers->setSpacing(m.fieldGap());
    numbers->addWidget(new FormField(tr("Nodes that may join"), m_limit), 0, Qt::AlignTop);
    numbers->addWidget(new FormField(tr("Valid for"), m_validFor), 0, Qt::AlignTop);
    numbers->addWidget(new FormField(tr("Node profile"), m_profile), 0, Qt::AlignTop);
    numbers->addStretch(1);
    auto *fields = new QVBoxLayout(m_whoFields);
    fields->setContentsMargins(0, 0, 0, 0);
    fields->setSpacing(m.step(4));
    fields->addLayout(numbers);
    fields->addWidget(m_nameField);
    fields->addWidget(m_networksField);
    fields->addWidget(m_approval);
    fields->addWidget(new TextLabel(tr("Tags given to each node"), TextRole::SectionHeading));
    fields->addWidget(m_tags);
    auto *who = new QWidget;
    auto *column = new QVBoxLayout(who);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(m.step(3));
    column->addWidget(m_fixed);
    column->addWidget(m_whoFields);
    column->addStretch(1);
    connect(m_name, &QLineEdit::textEdited, this, [this] { m_nameField->setError({}); });
    connect(m_networks, &QLineEdit::textEdited, this, [this] { m_networksField->setError({}); });
    return who;
}

QWidget *EnrolWizard::makeHowStep()
{
    const Metrics &m = themeOf(this).metrics();
    auto *how = new QWidget;
    auto *column = new QVBoxLayout(how);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(m.step(2));
    auto *words = new TextLabel(tr("The flagbridge-agent package must be installed on the node (Linux). The "
                                   "agent dials out over TLS; no port is opened."),
                                TextRole::Body, Token::Text2);
    words->setWordWrap(true);
    column->addWidget(words);
    column->addSpacing(m.step(2));
    m_ways = new QButtonGroup(this);
    const QList<std::tuple<EnrolmentWay, QString, QString, QString>> ways {
        {EnrolmentWay::Command, u"enrolWayCommand"_s, tr("Paste a command"),
         tr("In a shell on each node, as a user who can use sudo.")},
        {EnrolmentWay::CloudInit, u"enrolWayCloudInit"_s, tr("cloud-init"),
         tr("User data for machines that are created from an image.")},
        {EnrolmentWay::Ansible, u"enrolWayAnsible"_s, tr("Ansible task"),
         tr("Two tasks for a play; the code is kept out of its log.")},
        {EnrolmentWay::Hosts, u"enrolWayHosts"_s, tr("A list of hosts"),
         tr("A shell loop that connects to each of them with ssh.")}};
    for (const auto &[way, name, title, sentence] : ways) {
        auto *choice = new QRadioButton(title);
        choice->setObjectName(name);
        choice->setAccessibleDescription(sentence);
        m_ways->addButton(choice, static_cast<int>(way));
        auto *note = new TextLabel(sentence, TextRole::Small, Token::Text3);
        note->setContentsMargins(m.step(6), 0, 0, m.step(1));
        note->setWordWrap(true);
        column->addWidget(choice);
        column->addWidget(note);
    }
    m_ways->button(static_cast<int>(EnrolmentWay::Command))->setChecked(true);
    m_hosts = new LinesField;
    m_hosts->setObjectName(u"enrolHosts"_s);
    m_hosts->setPlaceholderText(u"web-tyo-01\nadmin@10.20.2.31"_s);
    m_hosts->setFixedHeight(m.lines(5));
    m_hostsField = new FormField(tr("Hosts, one per line"), m_hosts, {}, true);
    m_hostsField->hide();
    column->addWidget(m_hostsField);
    column->addStretch(1);
    connect(m_ways, &QButtonGroup::idToggled, this,
            [this] { m_hostsField->setVisible(way() == EnrolmentWay::Hosts); });
    connect(m_hosts, &QPlainTextEdit::textChanged, this, [this] { m_hostsField->setError({}); });
    return how;
}

QWidget *EnrolWizard::makeInstallStep()
{
    const Metrics &m = themeOf(this).metrics();
    m_installWords = new TextLabel(TextRole::Body);
    m_installWords->setWordWrap(true);
    m_text = new LinesField;
    m_text->setObjectName(u"enrolText"_s);
    m_text->setReadOnly(true);
    m_text->setUndoRedoEnabled(false); // the code is in no history
    m_text->setAccessibleName(tr("What to paste"));
    m_text->setFont(themeOf(this).font(TextRole::Code));
    m_text->setWordWrapMode(QTextOption::WrapAnywhere);
    m_text->setFixedHeight(m.lines(6.5));
    auto *copy = makeButton(u"enrolCopy"_s, tr("Copy"), Icon::Copy);
    m_facts = new TextLabel(TextRole::Small, Token::Text3);
    m_facts->setObjectName(u"enrolFacts"_s);
    m_facts->setWordWrap(true);
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_watch = new TextLabel(TextRole::SectionHeading);
    m_watch->setObjectName(u"enrolWatch"_s);
    m_names = new TextLabel(TextRole::Body, Token::Text2);
    m_names->setObjectName(u"enrolJoined"_s);
    m_names->setWordWrap(true);
    auto *watchLine = new QHBoxLayout;
    watchLine->setSpacing(m.step(2));
    watchLine->addWidget(new IconLabel(Icon::Listening));
    watchLine->addWidget(m_watch, 1);
    auto *install = new QWidget;
    auto *column = new QVBoxLayout(install);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(m.step(2));
    column->addWidget(m_installWords);
    column->addWidget(m_text);
    column->addWidget(copy, 0, Qt::AlignLeft);
    column->addWidget(m_facts);
    column->addSpacing(m.step(2));
    column->addLayout(watchLine);
    column->addWidget(m_names);
    column->addStretch(1);
    connect(copy, &QPushButton::clicked, this, &EnrolWizard::copy);
    return install;
}

EnrolmentWay EnrolWizard::way() const { return static_cast<EnrolmentWay>(m_ways->checkedId()); }

void EnrolWizard::go(int step)
{
    m_parts->setCurrentIndex(step);
    m_steps->setCurrent(step);
    m_back->setVisible(step > Who);
    m_next->setEnabled(true);
    m_next->setText(step == Who           ? tr("Next")
                        : step == Install ? tr("Done")
                        : m_made          ? tr("Next")
                                          : tr("Create activation"));
    if (step == Install)
        showInstall();
}

void EnrolWizard::next()
{
    m_banner->hide();
    switch (step()) {
    case Who:
        if (checkWho())
            go(How);
        break;
    case How:
        if (!checkHow())
            break;
        if (m_made)
            go(Install);
        else
            create();
        break;
    default:
        close();
    }
}

bool EnrolWizard::checkWho()
{
    if (m_made)
        return true;
    static const QRegularExpression kName(u"^[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*$"_s,
                                          QRegularExpression::UseUnicodePropertiesOption);
    if (!kName.match(m_name->text()).hasMatch()) {
        m_nameField->setError(tr("Use letters, digits, spaces and _ . : / = + - @ only."));
        m_name->setFocus();
        return false;
    }
    return m_tags->showProblems();
}

bool EnrolWizard::checkHow()
{
    m_hostList.clear();
    if (way() != EnrolmentWay::Hosts)
        return true;
    QString problem;
    m_hostList = EnrolmentTexts::readHosts(m_hosts->toPlainText(), problem);
    if (problem.isEmpty() && !m_made && m_hostList.size() > m_limit->value())
        problem = tr("These are %1 hosts, but only %2 nodes may join. Go back and raise the number.")
                      .arg(m_hostList.size())
                      .arg(m_limit->value());
    m_hostsField->setError(problem);
    if (!problem.isEmpty())
        m_hosts->setFocus();
    return problem.isEmpty();
}

void EnrolWizard::create()
{
    m_next->setEnabled(false);
    ActivationWish wish;
    wish.defaultName = m_name->text().trimmed();
    wish.registrationLimit = m_limit->value();
    wish.profile = m_profile->currentText();
    wish.validFor = std::chrono::hours(m_validFor->currentData().toInt());
    // The engine's limit is "at most 30 days from now", and its now is later than ours.
    wish.validFor -= std::chrono::minutes(wish.validFor > std::chrono::hours(24) ? 5 : 0);
    wish.tagPairs = m_tags->tags();
    wish.requiresApproval = m_approval->isChecked();
    static const QRegularExpression kBetween(u"[\\s,;]+"_s);
    wish.networks = m_networks->text().split(kBetween, Qt::SkipEmptyParts);
    m_request = m_fleet.createActivation(wish);
}

void EnrolWizard::showInstall()
{
    m_installWords->setText(
        way() == EnrolmentWay::Command         ? tr("Paste this in a shell on each node:")
            : way() == EnrolmentWay::CloudInit ? tr("Give this to new machines as user data:")
            : way() == EnrolmentWay::Ansible   ? tr("Put these tasks into a play:")
                                               : tr("Run this on a machine that reaches the hosts by ssh:"));
    m_text->setPlainText(EnrolmentTexts::text(*m_made, way(), m_hostList));
    m_facts->setText(tr("The code is shown only once and works until %1. The agent trusts only an engine "
                        "whose CA has the SHA-256 fingerprint %2.")
                         .arg(RelativeTime::exact(m_made->expires), m_made->caSha256));
    updateJoined();
    if (auto *copyButton = findChild<QPushButton *>(u"enrolCopy"_s)) // what comes next
        copyButton->setFocus(Qt::TabFocusReason);
}

void EnrolWizard::updateJoined()
{
    if (!m_made)
        return;
    m_joined.clear();
    for (const NodeRow &node : m_fleet.nodes().allNodes()) {
        if (node.activationId == m_made->id)
            m_joined << visibleText(node.name, 60);
    }
    const int count = static_cast<int>(m_joined.size());
    m_watch->setText(
        count == 0 ? tr("Waiting for the first node")
            : m_approval->isChecked()
            ? tr("%1 of %2 nodes joined; they wait under Approvals").arg(count).arg(m_limit->value())
            : tr("%1 of %2 nodes joined").arg(count).arg(m_limit->value()));
    QStringList told = m_joined.first(std::min(kNamesTold, m_joined.size()));
    if (m_joined.size() > kNamesTold)
        told << tr("and %n more", nullptr, static_cast<int>(m_joined.size() - kNamesTold));
    m_names->setText(count == 0 ? tr("A node appears here a second or two after it connects.")
                                : told.join(u", "_s));
}

void EnrolWizard::copy()
{
    auto *content = new QMimeData; // the clipboard's
    content->setText(m_text->toPlainText());
    content->setData(u"x-kde-passwordManagerHint"_s, "secret"); // clipboard histories leave it out
    QGuiApplication::clipboard()->setMimeData(content);
}

bool EnrolWizard::mayClose()
{
    if (!m_made || !m_joined.isEmpty() || m_closeAsked)
        return true;
    m_closeAsked = true;
    m_banner->showMessage(Tone::Waiting, Icon::FieldError, tr("The code cannot be shown again."),
                          tr("Close again if you have copied it."));
    return false;
}

}

#include "ui/nodes/agentbuilds/publish_sheet.h"

#include "models/nodes/agentbuilds/build_commands.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/command_text.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/file_pick.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/text_label.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QPointer>
#include <QProgressBar>

namespace fb {

using namespace Qt::StringLiterals;

PublishSheet::PublishSheet(AgentBuildsViewModel &builds, QWidget *window)
    : Sheet(tr("Publish a build of the agent"), window),
      m_builds(builds),
      m_banner(new Banner),
      m_file(new FilePick(u"publishFile"_s, FilePick::For::Opening, tr("Program"))),
      m_signature(new FilePick(u"publishSignature"_s, FilePick::For::Opening, tr("Signature"))),
      m_version(new QLineEdit),
      m_platform(new QComboBox),
      m_architecture(new QComboBox),
      m_command(new CommandText(u"publishCommand"_s, tr("the command that signs the build"), {})),
      m_phase(new TextLabel(TextRole::Body, Token::Text2)),
      m_bar(new QProgressBar),
      m_publish(makeButton(u"publishSend"_s, tr("Publish the build"), Icon::None, ButtonKind::Primary))
{
    setObjectName(u"publishSheet"_s);
    makeFields();
    auto *cancel = makeButton(u"publishCancel"_s, tr("Cancel"));
    markChange(m_publish, "flagbridge:PublishAgentBuild");
    foot()->addStretch(1);
    foot()->addWidget(cancel);
    foot()->addWidget(m_publish);
    connect(cancel, &QPushButton::clicked, this, &Sheet::close);
    connect(m_publish, &QPushButton::clicked, this, &PublishSheet::publish);
    connect(m_version, &QLineEdit::returnPressed, this, &PublishSheet::publish);
    connect(this, &Sheet::closed, this, [this] {
        if (m_isRunning)
            m_builds.source().breakOff();
    });
    connect(m_file, &FilePick::edited, this, &PublishSheet::followFile);
    connect(m_signature, &FilePick::edited, this, &PublishSheet::updateCommand);
    connect(m_version, &QLineEdit::textChanged, this, &PublishSheet::updateCommand);
    connect(m_platform, &QComboBox::currentTextChanged, this, &PublishSheet::updateCommand);
    connect(m_architecture, &QComboBox::currentTextChanged, this, &PublishSheet::updateCommand);
    setRunning(false);
    updateCommand();
}

void PublishSheet::makeFields()
{
    const Metrics &m = themeOf(this).metrics();
    m_version->setObjectName(u"publishVersion"_s);
    m_version->setMaxLength(64);
    m_version->setPlaceholderText(u"1.4.0"_s);
    m_platform->setObjectName(u"publishPlatform"_s);
    m_platform->addItems({u"Linux"_s, u"MacOS"_s, u"Windows"_s});
    m_architecture->setObjectName(u"publishArchitecture"_s);
    m_architecture->setEditable(true);
    m_architecture->addItems({u"x86_64"_s, u"aarch64"_s});
    m_architecture->lineEdit()->setMaxLength(32);
    m_bar->setObjectName(u"publishBar"_s);
    m_bar->setAccessibleName(tr("Progress of the publishing"));
    m_bar->setRange(0, 1000);
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(m.step(2));
    m_phase->setObjectName(u"publishPhase"_s);
    const auto add = [this](const QString &name, const QString &label, QWidget *field, const QString &help,
                            bool stretch) {
        auto *form = new FormField(label, field, help, stretch);
        m_fields.append({name, form});
        return form;
    };
    body()->addWidget(m_banner);
    body()->addWidget(add(u"File"_s, tr("Program"), m_file,
                          tr("The agent as a single executable file, at most 512 MiB."), true));
    auto *line = new QHBoxLayout;
    line->setSpacing(m.fieldGap());
    line->addWidget(
        add(u"Version"_s, tr("Version"), m_version, tr("As the program prints with --version."), true), 1,
        Qt::AlignTop);
    line->addWidget(add(u"Platform"_s, tr("Platform"), m_platform, {}, false), 0, Qt::AlignTop);
    line->addWidget(
        add(u"Architecture"_s, tr("Architecture"), m_architecture, tr("As uname -m prints it."), false), 0,
        Qt::AlignTop);
    body()->addLayout(line);
    body()->addWidget(
        add(u"Signature"_s, tr("Signature"), m_signature,
            tr("For this program, version, platform and architecture, made with the release key."), true));
    auto *how = new TextLabel(tr("Not signed yet? Run this where the private release key is kept:"),
                              TextRole::Body, Token::Text2);
    how->setWordWrap(true);
    body()->addWidget(how);
    body()->addWidget(m_command);
    body()->addWidget(m_phase);
    body()->addWidget(m_bar);
    body()->addStretch(1);
}

QWidget *PublishSheet::firstField() { return m_file; }

BuildWish PublishSheet::wish() const
{
    return {.file = m_file->path(),
            .signatureFile = m_signature->path(),
            .version = m_version->text().trimmed(),
            .platform = m_platform->currentText(),
            .architecture = m_architecture->currentText().trimmed()};
}

// The signature lies beside the program unless told otherwise.
void PublishSheet::followFile()
{
    if (m_signature->path() == m_ownSignature) {
        m_ownSignature = BuildCommands::signatureFileOf(m_file->path());
        m_signature->setPath(m_ownSignature);
    }
    updateCommand();
}

void PublishSheet::updateCommand() { m_command->setCommands(BuildCommands::sign(wish())); }

bool PublishSheet::check(const BuildWish &wish)
{
    const QHash<QString, QString> missing {
        {u"File"_s, wish.file.isEmpty() ? tr("Choose the program.") : QString()},
        {u"Version"_s, wish.version.isEmpty() ? tr("Enter the version, such as 1.4.0.") : QString()},
        {u"Architecture"_s, wish.architecture.isEmpty() ? tr("Enter the architecture.") : QString()},
        {u"Signature"_s, wish.signatureFile.isEmpty() ? tr("Choose the signature's file.") : QString()}};
    FormField *first = nullptr;
    for (const auto &[name, field] : std::as_const(m_fields)) {
        field->setError(missing.value(name));
        if (!first && !field->error().isEmpty())
            first = field;
    }
    if (first)
        first->field()->setFocus();
    return !first;
}

void PublishSheet::publish()
{
    if (EditGate::waits(*m_publish) || m_isRunning)
        return;
    m_banner->hide();
    const BuildWish wanted = wish();
    if (!check(wanted))
        return;
    setRunning(true);
    const QPointer<PublishSheet> self(this);
    m_builds.source().publish(
        wanted,
        [self](const PublishProgress &progress) {
            if (self && self->m_isRunning)
                self->showProgress(progress);
        },
        [self, wanted](const ShownError &problem) {
            if (!self)
                return;
            self->setRunning(false);
            if (!problem.isEmpty())
                return self->showProblem(problem);
            self->close();
            AgentBuildRow build;
            build.version = wanted.version;
            build.platform = wanted.platform;
            build.architecture = wanted.architecture;
            emit self->published(AgentBuildTable::title(build));
        });
}

void PublishSheet::setRunning(bool running)
{
    m_isRunning = running;
    m_publish->setEnabled(!running);
    for (const auto &[name, field] : std::as_const(m_fields))
        field->setEnabled(!running);
    m_bar->setValue(0);
    m_bar->setVisible(running);
    m_phase->setText(running ? tr("Reading the files...") : QString());
    m_phase->setVisible(running);
}

void PublishSheet::showProgress(const PublishProgress &progress)
{
    const auto size
        = [](qint64 bytes) { return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeIecFormat); };
    m_bar->setValue(progress.total > 0 ? static_cast<int>(progress.done * 1000 / progress.total) : 0);
    m_phase->setText(
        progress.phase == PublishProgress::Phase::Reading
            ? tr("Reading the program: %1 of %2").arg(size(progress.done), size(progress.total))
            : tr("Sending it to the engine: %1 of %2").arg(size(progress.done), size(progress.total)));
}

void PublishSheet::showProblem(const ShownError &problem)
{
    m_banner->showProblem(problem, tr("The build was not published."));
    for (const auto &[name, field] : std::as_const(m_fields)) {
        if (name != problem.field)
            continue;
        field->setError(problem.message);
        field->field()->setFocus();
    }
}

}

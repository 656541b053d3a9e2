#include "ui/nodes/profiles/profile_sheet.h"

#include "ui/widgets/banner.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/text_label.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPointer>
#include <QRegularExpression>
#include <QSpinBox>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    QStringList namesOf(const QLineEdit &field)
    {
        static const QRegularExpression gap(u"[,\\s]+"_s);
        return field.text().split(gap, Qt::SkipEmptyParts);
    }
}

ProfileSheet::ProfileSheet(ProfilesViewModel &profiles, const ProfileRow &profile, QWidget *window)
    : Sheet(profile.name.isEmpty() ? tr("New profile") : tr("Change the profile %1").arg(profile.name),
            window),
      m_profiles(profiles),
      m_profile(profile),
      m_isNew(profile.name.isEmpty()),
      m_banner(new Banner),
      m_name(new QLineEdit(profile.name)),
      m_description(new QLineEdit(profile.description)),
      m_plugins(new QLineEdit(profile.deniedPlugins.join(u", "_s))),
      m_tools(new QLineEdit(profile.deniedTools.join(u", "_s))),
      m_report(new QSpinBox),
      m_metrics(new QSpinBox),
      m_level(new QComboBox),
      m_channel(new QLineEdit(profile.updateChannel)),
      m_proxy(new QLineEdit(profile.proxy)),
      m_save(makeButton(u"profileSave"_s, m_isNew ? tr("Create profile") : tr("Change the profile"),
                        Icon::None, ButtonKind::Primary))
{
    setObjectName(u"profileSheet"_s);
    makeFields();
    auto *cancel = makeButton(u"profileCancel"_s, tr("Cancel"));
    markChange(m_save, "flagbridge:PutNodeProfile");
    foot()->addStretch(1);
    foot()->addWidget(cancel);
    foot()->addWidget(m_save);
    connect(cancel, &QPushButton::clicked, this, &Sheet::close);
    connect(m_save, &QPushButton::clicked, this, &ProfileSheet::save);
    for (QLineEdit *line : {m_name, m_description, m_plugins, m_tools, m_channel, m_proxy})
        connect(line, &QLineEdit::returnPressed, this, &ProfileSheet::save);
}

void ProfileSheet::makeFields()
{
    const Metrics &m = themeOf(this).metrics();
    const auto add = [this](const QString &name, const QString &label, QWidget *field, const QString &help,
                            bool stretch = true) {
        auto *form = new FormField(label, field, help, stretch);
        m_fields.append({name, form});
        return form;
    };
    const QList<std::pair<QLineEdit *, QString>> lines {
        {m_name, u"profileName"_s},       {m_description, u"profileDescription"_s},
        {m_plugins, u"profilePlugins"_s}, {m_tools, u"profileTools"_s},
        {m_channel, u"profileChannel"_s}, {m_proxy, u"profileProxy"_s}};
    for (const auto &[line, name] : lines)
        line->setObjectName(name);
    m_name->setMaxLength(64);
    m_description->setMaxLength(256);
    m_plugins->setPlaceholderText(u"aws:runDockerAction, aws:configureDocker"_s);
    m_tools->setPlaceholderText(u"FleetTool/files, FleetTool/processes"_s);
    m_proxy->setPlaceholderText(u"http://proxy.example.net:3128"_s);
    m_report->setObjectName(u"profileReport"_s);
    m_report->setRange(300, 3600);
    m_report->setSingleStep(60);
    m_report->setValue(m_profile.reportInterval);
    m_metrics->setObjectName(u"profileMetrics"_s);
    m_metrics->setRange(10, 3600);
    m_metrics->setSingleStep(10);
    m_metrics->setValue(m_profile.metricsInterval);
    for (QSpinBox *seconds : {m_report, m_metrics}) {
        seconds->setSuffix(tr(" s"));
        seconds->setFixedWidth(m.lines(6.5));
    }
    m_level->setObjectName(u"profileLevel"_s);
    for (const QString &level : {u"debug"_s, u"info"_s, u"warning"_s, u"error"_s})
        m_level->addItem(ProfileTable::levelWord(level), level);
    m_level->setCurrentIndex(m_level->findData(m_profile.logLevel));

    body()->addWidget(m_banner);
    if (m_isNew)
        body()->addWidget(add(u"Name"_s, tr("Name"), m_name,
                              tr("Letters, digits, dots, dashes and underscores. It cannot be changed.")));
    body()->addWidget(add(u"Description"_s, tr("Description"), m_description, tr("Optional.")));
    body()->addWidget(
        add(u"DeniedPlugins"_s, tr("Denied plugins"), m_plugins,
            tr("Steps that use one of these plugins fail on these nodes, and the error names the profile.")));
    body()->addWidget(add(u"DeniedTools"_s, tr("Denied tools"), m_tools,
                          tr("FleetTool/files covers uploads and downloads too.")));
    auto *numbers = new QHBoxLayout;
    numbers->setSpacing(m.fieldGap());
    numbers->addWidget(add(u"ReportInterval"_s, tr("Reports every"), m_report, {}, false), 0, Qt::AlignTop);
    numbers->addWidget(add(u"MetricsInterval"_s, tr("Measures every"), m_metrics, {}, false), 0,
                       Qt::AlignTop);
    numbers->addWidget(add(u"LogLevel"_s, tr("The agent logs"), m_level, {}, false), 0, Qt::AlignTop);
    numbers->addStretch(1);
    body()->addLayout(numbers);
    body()->addWidget(add(u"Proxy"_s, tr("Proxy"), m_proxy,
                          tr("Optional. Used when steps download, and set in the environment of scripts.")));
    body()->addWidget(add(u"UpdateChannel"_s, tr("Update channel"), m_channel, {}));
    body()->addStretch(1);
}

QWidget *ProfileSheet::firstField() { return m_isNew ? m_name : m_description; }

void ProfileSheet::save()
{
    if (EditGate::waits(*m_save))
        return;
    m_banner->hide();
    for (const auto &[name, field] : std::as_const(m_fields))
        field->setError({});
    ProfileRow wish = m_profile;
    wish.name = m_name->text().trimmed();
    wish.description = m_description->text().trimmed();
    wish.deniedPlugins = namesOf(*m_plugins);
    wish.deniedTools = namesOf(*m_tools);
    wish.reportInterval = m_report->value();
    wish.metricsInterval = m_metrics->value();
    wish.logLevel = m_level->currentData().toString();
    wish.updateChannel = m_channel->text().trimmed();
    wish.proxy = m_proxy->text().trimmed();
    m_save->setEnabled(false);
    m_profiles.source().save(
        wish, m_isNew, [self = QPointer<ProfileSheet>(this), name = wish.name](const ShownError &problem) {
            if (!self)
                return;
            self->m_save->setEnabled(true);
            if (!problem.isEmpty())
                return self->showProblem(problem);
            self->close();
            emit self->saved(name);
        });
}

FormField *ProfileSheet::fieldOf(const QString &name) const
{
    for (const auto &[known, field] : m_fields) {
        if (name.section(u'[', 0, 0) == known)
            return field;
    }
    return nullptr;
}

void ProfileSheet::showProblem(const ShownError &problem)
{
    m_banner->showProblem(problem,
                          m_isNew ? tr("No profile was created.") : tr("The profile was not changed."));
    if (FormField *field = fieldOf(problem.field)) {
        field->setError(problem.message);
        field->field()->setFocus();
    }
}

}

#include "ui/shared/fleetsettings/setting_sheet.h"

#include "models/shared/fleetsettings/fleet_setting_words.h"
#include "ui/shared/fleetsettings/setting_field.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QPointer>

namespace fb {

using namespace Qt::StringLiterals;

SettingSheet::SettingSheet(FleetSettingsViewModel &settings, const FleetSettingRow &setting,
                           const QStringList &profiles, QWidget *window)
    : Sheet(FleetSettingWords::title(setting.id), window),
      m_settings(settings),
      m_setting(setting),
      m_banner(new Banner),
      m_field(new SettingField(setting, profiles)),
      m_save(makeButton(u"settingSave"_s, tr("Change the setting"), Icon::None, ButtonKind::Primary))
{
    setObjectName(u"settingSheet"_s);
    auto *meaning = new TextLabel(FleetSettingWords::meaning(setting.id), TextRole::Body, Token::Text2);
    meaning->setWordWrap(true);
    body()->addWidget(m_banner);
    body()->addWidget(meaning);
    body()->addWidget(m_field);
    body()->addStretch(1);
    auto *cancel = makeButton(u"settingCancel"_s, tr("Cancel"));
    markChange(m_save, "ssm:UpdateServiceSetting");
    foot()->addStretch(1);
    foot()->addWidget(cancel);
    foot()->addWidget(m_save);
    connect(cancel, &QPushButton::clicked, this, &Sheet::close);
    connect(m_save, &QPushButton::clicked, this, &SettingSheet::save);
    connect(m_field, &SettingField::submitted, this, &SettingSheet::save);
}

QWidget *SettingSheet::firstField() { return m_field->input(); }

void SettingSheet::save()
{
    if (EditGate::waits(*m_save))
        return;
    m_banner->hide();
    m_field->setError({});
    if (!m_field->check())
        return m_field->input()->setFocus();
    m_save->setEnabled(false);
    m_settings.source().change(m_setting.id, m_field->value(),
                               [self = QPointer<SettingSheet>(this)](const ShownError &problem) {
                                   if (!self)
                                       return;
                                   self->m_save->setEnabled(true);
                                   if (!problem.isEmpty())
                                       return self->showProblem(problem);
                                   self->close();
                                   emit self->saved(self->m_setting.id);
                               });
}

void SettingSheet::showProblem(const ShownError &problem)
{
    m_banner->showProblem(problem, tr("The setting was not changed."));
    if (problem.field == u"SettingValue") {
        m_field->setError(problem.message);
        m_field->input()->setFocus();
    }
}

}

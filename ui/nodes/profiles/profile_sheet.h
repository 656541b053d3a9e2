#pragma once
// Makes or changes a node profile (spec/fleet-manager.md 3.10): what its nodes refuse, how their agents work. Ui thread.

#include "models/nodes/profiles/profiles_source.h"
#include "ui/widgets/sheet.h"

class QComboBox;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace fb {

class Banner;
class FormField;

class ProfileSheet : public Sheet
{
    Q_OBJECT
public:
    // `profile`: as it is; a new one has an empty name.
    ProfileSheet(ProfilesViewModel &profiles, const ProfileRow &profile, QWidget *window);

signals:
    void saved(const QString &name);

protected:
    QWidget *firstField() override;

private:
    void makeFields();
    void save();
    void showProblem(const ShownError &problem);
    FormField *fieldOf(const QString &name) const;

    ProfilesViewModel &m_profiles;
    ProfileRow m_profile;
    bool m_isNew;
    Banner *m_banner;
    QLineEdit *m_name;
    QLineEdit *m_description;
    QLineEdit *m_plugins;
    QLineEdit *m_tools;
    QSpinBox *m_report;
    QSpinBox *m_metrics;
    QComboBox *m_level;
    QLineEdit *m_channel;
    QLineEdit *m_proxy;
    QPushButton *m_save;
    QList<QPair<QString, FormField *>> m_fields; // by the engine's names of them
};

}

#pragma once
// Enrol nodes, in three steps (ux.md 6): who may join; how the agent gets there; what to paste, and the nodes as they appear. Back loses nothing.
// The code is shown this once: it lives in this sheet alone, and goes with it. Ui thread.

#include "models/nodes/activations/enrolment_texts.h"
#include "models/nodes/fleet/fleet_view_model.h"
#include "ui/widgets/sheet.h"

#include <optional>

class QButtonGroup;
class QCheckBox;
class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QSpinBox;
class QStackedWidget;

namespace fb {

class Banner;
class FormField;
class TagEditor;
class TextLabel;
class WizardSteps;

class EnrolWizard : public Sheet
{
    Q_OBJECT
public:
    EnrolWizard(FleetViewModel &fleet, QWidget *window);

    int step() const;
    QStringList joined() const { return m_joined; } // names of the nodes that came with this activation

protected:
    bool mayClose() override; // asks once when nobody joined yet

private:
    QWidget *makeWhoStep();
    QWidget *makeHowStep();
    QWidget *makeInstallStep();
    void go(int step);
    void next();
    bool checkWho();
    bool checkHow();
    void create();
    void showInstall();
    void updateJoined();
    void copy();
    EnrolmentWay way() const;

    FleetViewModel &m_fleet;
    WizardSteps *m_steps;
    Banner *m_banner;
    QStackedWidget *m_parts;
    QSpinBox *m_limit;
    QComboBox *m_validFor;
    QComboBox *m_profile;
    QLineEdit *m_name;
    FormField *m_nameField;
    TagEditor *m_tags;
    QCheckBox *m_approval;
    QLineEdit *m_networks;
    FormField *m_networksField;
    QButtonGroup *m_ways;
    QPlainTextEdit *m_hosts;
    FormField *m_hostsField;
    TextLabel *m_fixed; // why the first step cannot be changed any more
    QWidget *m_whoFields;
    TextLabel *m_installWords;
    QPlainTextEdit *m_text;
    TextLabel *m_facts;
    TextLabel *m_watch;
    TextLabel *m_names;
    QPushButton *m_back;
    QPushButton *m_next;
    QStringList m_joined;
    QStringList m_hostList;
    std::optional<ActivationMade> m_made;
    QString m_request;
    bool m_closeAsked = false;
};

}

#pragma once
// How a node joins, in three steps (spec/fleet-manager.md B5): make an activation, paste the command, watch it appear. On the first-run
// page and in the enrol sheet. Ui thread.

#include "models/nodes/fleet/fleet_view_model.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace fb {

class Banner;
class FormField;
class TextLabel;

class EnrolSteps : public QWidget
{
    Q_OBJECT
public:
    explicit EnrolSteps(FleetViewModel &fleet, QWidget *parent = nullptr);
    QPushButton *createButton() const { return m_create; }

protected:
    void showEvent(QShowEvent *event) override; // where nodes come in is known once the engine has started

private:
    QWidget *makeStep(int number, const QString &title, const QString &sentence, QWidget *content,
                      bool current);
    void create();
    void showCommand(const ActivationMade &activation);

    FleetViewModel &m_fleet;
    QSpinBox *m_limit;
    QComboBox *m_validFor;
    QLineEdit *m_tags;
    FormField *m_tagsField;
    QPushButton *m_create;
    Banner *m_banner;
    TextLabel *m_command;
    QWidget *m_copy;
    TextLabel *m_onceNote;
    TextLabel *m_listening;
    QString m_request;
    QString m_commandText;
};

}

#pragma once
// The fields with which a service setting's value is edited, by its kind: a choice, a percentage with its switch, a number, addresses one a line, a
// profile, a text. Ui thread.

#include "models/shared/fleetsettings/fleet_setting_row.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QSpinBox;

namespace fb {

class FormField;
class NumberedText;

class SettingField : public QWidget
{
    Q_OBJECT
public:
    // `profiles`: names of those there are.
    SettingField(const FleetSettingRow &setting, const QStringList &profiles, QWidget *parent = nullptr);

    QString value() const; // as the engine takes it
    bool check(); // says under the field what is wrong; false: something is
    void setError(const QString &error);
    QWidget *input() const;

signals:
    void submitted(); // Enter, in a field of one line

private:
    void makeCombo(const QList<QPair<QString, QString>> &choices, const QString &label, const QString &help);
    void makePercent();
    void makeNumber();
    void makeNetworks();
    void makeSecret();
    void makeText();

    FleetSettingRow m_setting;
    FormField *m_form = nullptr;
    QComboBox *m_combo = nullptr;
    QCheckBox *m_isOn = nullptr; // of the percentage
    QSpinBox *m_percent = nullptr;
    QSpinBox *m_number = nullptr;
    NumberedText *m_networks = nullptr;
    QLineEdit *m_text = nullptr;
};

}

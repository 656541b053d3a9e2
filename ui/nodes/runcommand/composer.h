#pragma once
// The sheet that sends a document to nodes (spec/run-command.md 5): document, parameters, targets with a live count, rate and time-outs.
// Ui thread.

#include "models/nodes/fleet/fleet_view_model.h"
#include "models/nodes/runcommand/runs_view_model.h"
#include "ui/widgets/sheet.h"

class QComboBox;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace fb {

class Banner;
class FormField;
class ParameterForm;
class TargetPicker;

class Composer : public Sheet
{
    Q_OBJECT
public:
    Composer(RunsViewModel &runs, FleetViewModel &fleet, QWidget *window);

    void setNodes(const QStringList &nodeIds);
    void setRequest(const RunRequest &request); // "Run again" and "Copy to new"

signals:
    void started(const QString &commandId);

private:
    QWidget *makeSection(const QString &title, QWidget *content);
    void showDocument();
    void updateButton();
    RunRequest request() const;
    void send();
    void showRefusal(const ShownError &problem);

    RunsViewModel &m_runs;
    FleetViewModel &m_fleet;
    QComboBox *m_document;
    FormField *m_documentField;
    ParameterForm *m_parameters;
    TargetPicker *m_targets;
    QLineEdit *m_concurrency;
    QLineEdit *m_errors;
    QSpinBox *m_timeout;
    QLineEdit *m_comment;
    FormField *m_concurrencyField;
    FormField *m_errorsField;
    FormField *m_timeoutField;
    FormField *m_commentField;
    QPushButton *m_send;
    Banner *m_banner;
    QString m_request;
    std::optional<RunRequest> m_prefill; // until the documents are here
};

}

#pragma once
// The form of a run (spec/run-command.md 5): document, its parameters, targets with a live count, rate and time-outs. What is wrong stands
// under its field: once it is left, then live while wrong. Ui thread.

#include "models/nodes/fleet/fleet_view_model.h"
#include "models/nodes/runcommand/runs_view_model.h"

#include <QWidget>

class QLineEdit;
class QSpinBox;

namespace fb {

class DocumentPicker;
class FormField;
class ParameterForm;
class TargetPicker;
class TextLabel;

class RunForm : public QWidget
{
    Q_OBJECT
public:
    RunForm(RunsViewModel &runs, FleetViewModel &fleet, QWidget *parent = nullptr);

    void setRequest(const RunRequest &request);
    void setNodes(const QStringList &nodeIds);
    RunRequest request() const;
    QWidget *validate(); // shows what is wrong; the first wrong field, or nullptr
    bool showError(const ShownError &problem); // on the field that it names; false: it names none
    bool isDocumentMissing() const { return m_prefill.has_value(); } // the one that was named is not here
    int matchCount() const;
    QStringList matchNames() const;

signals:
    void edited();
    void filled(); // by the program: documents came, a request was set
    void submitted(); // Enter in a field of one line

private:
    QWidget *makeSection(const QString &title, QWidget *content);
    QWidget *makeRate();
    void takeDocuments();
    void showDocument();
    void chooseUsual();
    void showMissing(const RunRequest &request);
    void updateRate();
    void fieldLeft(const QWidget *left, const QWidget *now);
    void checkRate(FormField *field, bool judge);

    RunsViewModel &m_runs;
    DocumentPicker *m_document;
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
    TextLabel *m_rate;
    TextLabel *m_late;
    QString m_version; // of the document, as the filled-in request has it
    std::optional<RunRequest> m_prefill; // until its document is here, or another one is chosen
};

}

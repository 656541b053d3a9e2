#pragma once
// Get-, Update- and ResetServiceSetting. Engine thread.

namespace fb {

class OperationTable;
class ServiceSettings;

void bindServiceSettings(OperationTable &operations,
                         ServiceSettings &settings); // both outlive the table's use

}

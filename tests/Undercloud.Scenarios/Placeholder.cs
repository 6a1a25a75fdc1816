namespace Undercloud.Scenarios;

// program
var builder = WebApplication.CreateBuilder(args);
// block 1
// program
var log = new List<string>();
// block 2
